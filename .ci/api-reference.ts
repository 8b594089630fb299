/** Writes the API reference to docs/api: the doc comments of the four entry points, and the control API. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, type ProjectReflection } from 'typedoc'
import { controlApiPage } from './control-api-page.js'

const CONTROL_API = '.cache/control-api.md'

/** Reads the public exports. A warning is an error: `problems` counts both. */
export async function readApi(): Promise<{
  app: Application
  project: ProjectReflection
  problems: () => number
}> {
  mkdirSync('.cache', { recursive: true })
  writeFileSync(CONTROL_API, controlApiPage(readFileSync('server/control/openapi.json', 'utf8')))
  const app = await Application.bootstrap({
    name: 'zapsign-mock',
    entryPoints: ['src', 'mocks', 'server', 'contracts'].map((folder) => `${folder}/index.ts`),
    projectDocuments: [CONTROL_API],
    tsconfig: '.ci/api-reference.tsconfig.json',
    // `npm run typecheck` checks each folder with its own settings.
    skipErrorChecking: true,
    readme: 'none',
    disableGit: true,
    disableSources: true,
    excludeExternals: true,
    hideGenerator: true,
    // Types of constants whose values the comments name, and what is not for users.
    intentionallyNotExported: [
      'AnyFilter',
      'GRANTS',
      'Internals',
      'LANGUAGES',
      'NameAt',
      'OUTCOMES',
      'REFUSALS',
      'SOURCES',
      'STATE_NAMES',
      'Unit',
    ],
    requiredToBeDocumented: ['Class', 'Function', 'Interface', 'TypeAlias', 'Variable'],
    validation: { invalidLink: true, notDocumented: true, notExported: true, rewrittenLink: true },
  })
  const project = await app.convert()
  if (!project) throw new Error('The API cannot be read')
  app.validate(project)
  return { app, project, problems: () => app.logger.errorCount + app.logger.warningCount }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { app, project, problems } = await readApi()
  await app.generateDocs(project, 'docs/api')
  process.exitCode = problems() > 0 ? 1 : 0
}
