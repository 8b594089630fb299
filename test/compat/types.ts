import type { Combination } from './combinations.js'
import type { Judgment, Project, Ran } from './project.js'

/** What the package and msw need besides `--strict`. */
const OPTIONS = [
  ...['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--esModuleInterop'],
  ...['--skipLibCheck', 'false', '--target', 'es2022', '--types', 'node', '--resolveJsonModule'],
  ...['--lib', 'es2023,dom,dom.iterable,esnext.disposable'],
]

const VERSIONS = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0', '7.0']

/** Compiles `user.ts`, which uses every entry, and a file that imports the package's JSON files. */
export function typesProject({ kind, typescript, resolution = '' }: Combination): Project {
  const isModule = kind === 'with "type": "module"'
  const [module = '', moduleResolution = ''] = resolution.split('/')
  // TypeScript demands the attribute in ESM and refuses it in CommonJS.
  const attribute = isModule ? " with { type: 'json' }" : ''
  // These two do not know the attribute that the other ones demand.
  const canImportJson = !isModule || (module !== 'commonjs' && module !== 'node16')
  const compilers = VERSIONS.map((version) => `typescript-${version}@npm:typescript@~${version}.0`)
  return {
    packages: ['msw@~2.15.0', '@types/node@20', ...compilers],
    manifest: isModule ? { type: 'module' } : {},
    files: {
      'json.ts':
        `import document from 'zapsign-mock/openapi.json'${attribute}\n` +
        `import pact from 'zapsign-mock/reference-pact.json'${attribute}\n` +
        'export const texts: string[] = [document.openapi, pact.consumer.name]\n',
    },
    command: [
      ...[`node_modules/typescript-${typescript}/bin/tsc`, ...OPTIONS],
      ...['--module', module, '--moduleResolution', moduleResolution],
      ...(canImportJson ? ['user.ts', 'json.ts'] : ['user.ts']),
    ],
    judge: judgeTypes,
  }
}

/** Errors in other packages' declarations do not count. */
function judgeTypes({ status, printed }: Ran): Judgment {
  if (status === null) return { isGood: false, summary: 'the compiler did not run' }
  const errors = printed
    .split('\n')
    .filter((line) => /error/i.test(line) && !/^node_modules\/(?!zapsign)/.test(line))
  return { isGood: errors.length === 0, summary: errors[0] ?? '' }
}
