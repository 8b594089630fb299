import { resolve } from 'node:path'
import { fileOf, type Rival } from './rival.js'

const PACKAGE = '@stoplight/prism-cli@5.16.0'
const OPTIONS = ['-h', '127.0.0.1', '-v', 'silent']

export const prism: Rival = {
  package: PACKAGE,
  node: 24,
  answer: 'checks the request against contracts/openapi.json, and answers the example in it',
  subject: (node) => {
    const file = fileOf(PACKAGE, '@stoplight/prism-cli/dist/index.js')
    const document = resolve('contracts/openapi.json')
    return { command: (port) => [node, file, 'mock', ...OPTIONS, '-p', String(port), document] }
  },
}
