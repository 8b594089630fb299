import type { Judgment, Project, Ran } from './project.js'

/** `check.mjs`, which needs no test runner, on Bun or Deno. */
export const checkProject = (runtime: string | undefined): Pick<Project, 'command' | 'judge'> => ({
  command: runtime === 'Deno' ? ['run', '--allow-all', '--no-prompt', 'check.mjs'] : ['check.mjs'],
  judge: judgeCheck,
})

/** Where msw itself does not intercept, our handlers cannot do so either. */
function judgeCheck({ printed }: Ran): Judgment {
  const results: Record<string, string> = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}')
  const canMswIntercept = results['msw alone, intercepting fetch'] === 'works'
  const ours = ['core', 'server', 'handlers']
  if (canMswIntercept) ours.push('handlers, intercepting fetch')
  const notable = Object.entries(results).filter(([, result]) => result !== 'works')
  return {
    isGood: ours.every((name) => results[name] === 'works'),
    summary: notable.map(([name, result]) => `${name}: ${result}`).join('; '),
  }
}
