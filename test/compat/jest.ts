import { readFileSync } from 'node:fs'
import type { Project } from './project.js'

const JEST = 'node_modules/jest/bin/jest.js'
const SUITE = readFileSync('test/compat/files/suite.test.mjs', 'utf8')

/** The configurations of Jest in CommonJS, as docs/guides/jest.md prints them. */
const [babelJest, tsJest] = [
  ...readFileSync('docs/guides/jest.md', 'utf8').matchAll(
    /^```json file=jest\.config\.json\n(.*?)^```$/gms,
  ),
].map(([, block = '']) => JSON.parse(block))

/** The suite under Jest, in one of the ways that docs/guides/jest.md describes. */
export function jestProject(runner: string, packages: readonly string[]): Project {
  const common = [...packages, 'jest@^30', '@types/jest@^30']
  if (runner === 'Jest 30 ESM')
    return {
      packages: common,
      command: ['--experimental-vm-modules', JEST],
      manifest: { type: 'module', jest: { testMatch: ['**/suite.test.mjs'], transform: {} } },
    }
  if (runner !== 'Jest 30 CommonJS, ts-jest') {
    const isTransformed = runner === 'Jest 30 CommonJS, babel-jest'
    return {
      packages: [...common, '@babel/core@7', '@babel/preset-env@7'],
      command: isTransformed ? [JEST] : ['--experimental-vm-modules', JEST],
      manifest: { jest: { testMatch: ['**/suite.test.js'], ...(isTransformed && babelJest) } },
      // A project-wide configuration: that of package.json or .babelrc is not for packages.
      files: {
        'suite.test.js': SUITE,
        'babel.config.json': '{"presets":[["@babel/preset-env",{"targets":{"node":"current"}}]]}',
      },
    }
  }
  return {
    packages: [...common, '@types/node@20', 'ts-jest@^29', 'typescript@5.9'],
    command: [JEST],
    manifest: { jest: { testMatch: ['**/suite.test.ts'], ...tsJest } },
    files: { 'suite.test.ts': `// @ts-nocheck\n${SUITE}` },
  }
}
