import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failed, npmInstall, type Result } from './project.js'

/** From the oldest version that is supported to the newest. */
const TYPESCRIPT = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0', '7.0']

/** The ways to resolve modules, each with a `module` that goes with it. */
const RESOLUTIONS = [
  { module: 'commonjs', resolution: 'node10', until: '5.9' },
  { module: 'node16', resolution: 'node16' },
  { module: 'nodenext', resolution: 'nodenext' },
  { module: 'esnext', resolution: 'bundler' },
  { module: 'preserve', resolution: 'bundler' },
]

/** What `npm run test:compat` compiles: every resolution once, and both ends of the versions. */
const SAMPLE: Record<string, readonly string[]> = {
  '5.4': ['node10', 'nodenext'],
  '5.9': ['node10', 'node16', 'nodenext', 'bundler'],
  '7.0': ['nodenext', 'bundler'],
}

type Resolution = (typeof RESOLUTIONS)[number]

/** A package with "type": "module", and one without, which is what `npm init` makes. */
const KINDS = { ESM: '{"private": true, "type": "module"}', CommonJS: '{"private": true}' }

/** What the package and msw need besides `--strict`. */
const OPTIONS = [
  ...['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--esModuleInterop'],
  ...['--skipLibCheck', 'false', '--target', 'es2022', '--types', 'node', '--resolveJsonModule'],
  ...['--lib', 'es2023,dom,dom.iterable,esnext.disposable'],
]

/**
 * Compiles a program that uses every entry: one row for each version of TypeScript and kind of package.
 * Errors in other packages' declarations are left out.
 */
export function checkAllTypes(root: string, tarball: string, { all }: { all: boolean }) {
  const rows: ({ name: string } & Result)[] = []
  const versions = all ? TYPESCRIPT : Object.keys(SAMPLE)
  const folder = mkdtempSync(join(root, 'types-'))
  try {
    prepare(folder, tarball, versions)
  } catch (error) {
    return [{ name: 'TypeScript', ...failed(error) }]
  }
  for (const version of versions)
    for (const kind of Object.keys(KINDS))
      rows.push({
        name: `TypeScript ${version}, ${kind}`,
        ...check(folder, version, kind, chosen(version, all)),
      })
  return rows
}

function prepare(folder: string, tarball: string, versions: readonly string[]): void {
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@~${version}.0`)
  npmInstall(folder, [tarball, 'msw@~2.15.0', '@types/node@20', ...compilers])
  const program = readFileSync('test/compat/files/user.ts', 'utf8')
  for (const [kind, manifest] of Object.entries(KINDS)) {
    mkdirSync(join(folder, kind))
    writeFileSync(join(folder, kind, 'package.json'), manifest)
    writeFileSync(join(folder, kind, 'user.ts'), program)
    // TypeScript demands the attribute in ESM and refuses it in CommonJS.
    const attribute = kind === 'ESM' ? " with { type: 'json' }" : ''
    writeFileSync(
      join(folder, kind, 'json.ts'),
      `import document from 'zapsign-mock/openapi.json'${attribute}\n` +
        `import pact from 'zapsign-mock/reference-pact.json'${attribute}\n` +
        'export const texts: string[] = [document.openapi, pact.consumer.name]\n',
    )
  }
}

function chosen(version: string, all: boolean): Resolution[] {
  const possible = RESOLUTIONS.filter(({ until }) => !until || Number(version) <= Number(until))
  if (all) return possible
  const sampled = possible.filter(({ resolution }) => SAMPLE[version]?.includes(resolution))
  return sampled.filter(({ module }) => module !== 'preserve')
}

function check(folder: string, version: string, kind: string, chosen: Resolution[]): Result {
  const errors = chosen.flatMap((resolution) => compile(folder, version, kind, resolution))
  if (errors.length > 0) console.error(errors.join('\n'))
  return {
    result: errors.length > 0 ? 'FAILED' : 'ok',
    detail: chosen.map(({ module, resolution }) => `${module}/${resolution}`).join(', '),
  }
}

function compile(folder: string, version: string, kind: string, chosen: Resolution): string[] {
  const { module, resolution } = chosen
  // These two do not know the attribute that the other ones demand.
  const isOld = module === 'commonjs' || module === 'node16'
  const files = kind === 'ESM' && isOld ? ['user.ts'] : ['user.ts', 'json.ts']
  const args = [
    ...[`node_modules/typescript-${version}/bin/tsc`, ...OPTIONS],
    ...['--module', module, '--moduleResolution', resolution],
    ...files.map((file) => join(kind, file)),
  ]
  const { stdout, status, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status === null) return [`TypeScript ${version} did not run: ${stderr}`]
  const lines = `${stdout}${stderr}`.split('\n')
  const ours = lines.filter(
    (line) => /error/.test(line) && !/^node_modules\/(?!zapsign)/.test(line),
  )
  return ours.map((line) => `${version}, ${kind}, ${module}/${resolution}: ${line}`)
}
