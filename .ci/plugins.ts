import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'

/** Another folder is found where it is published: one copy of it, whoever imports it. */
export const shareFolders: Plugin = {
  name: 'share-folders',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+(src|contracts)\/(index|internal)\.js$/ }, ({ path }) => ({
      path: path.replace(/^(\.\.\/)+/, '../'),
      external: true,
    }))
  },
}

/** Faker is a file of its own without a source map: it is large, and few ask for it. */
export const keepFakerApart: Plugin = {
  name: 'keep-faker-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^@faker-js\/faker$/ }, () => ({ path: './faker.js', external: true }))
  },
}

/** Libraries for certificates and proxies: a file each without a source map, for the few who intercept. */
export const keepLibrariesApart: Plugin = {
  name: 'keep-libraries-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(x509|proxies)\.js$/ }, ({ path }) => ({ path, external: true }))
  },
}

/**
 * What Express loads and the mock has no use for costs half of its start: body parsers with their
 * character tables, a query parser for nested objects, a table of all media types, sending files,
 * debugging, notices of what is deprecated, proxies and who is behind them.
 */
const LIGHTER: Readonly<Record<string, string>> = {
  'body-parser': 'module.exports = {}',
  qs: "module.exports = require('node:querystring')",
  'mime-types': `
    const types = { html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8', txt: 'text/plain; charset=utf-8' }
    const contentType = (name) => (name.includes('/') ? name : types[name] ?? false)
    module.exports = { contentType, lookup: contentType }`,
  debug: 'module.exports = () => () => {}',
  depd: 'module.exports = () => Object.assign(() => {}, { function: (fn) => fn, property() {} })',
  'proxy-addr':
    'module.exports = Object.assign(() => undefined, { all: () => [], compile: () => () => false })',
  send: 'module.exports = {}',
  'serve-static': 'module.exports = {}',
}

export const lightenExpress: Plugin = {
  name: 'lighten-express',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(LIGHTER).join('|')})$`)
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'lighter' }))
    onLoad({ filter, namespace: 'lighter' }, ({ path }) => ({
      contents: LIGHTER[path],
      loader: 'js',
    }))
  },
}

/**
 * CommonJS packages in the bundle load Node's own modules with `require`. The bundle has none: Jest
 * compiles it to CommonJS, where a `require` of our own would be a second one.
 */
export const requireBuiltins: Plugin = {
  name: 'require-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}
