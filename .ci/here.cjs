// Published as dist/contracts/here.cjs. Jest compiles the contracts to CommonJS, where `import.meta` is a
// syntax error; a CommonJS file knows its own address in both module systems.
exports.here = require('node:url').pathToFileURL(__filename).href
