import { resolve } from 'node:path'
import { fileOf, type Rival } from './rival.js'

const PACKAGE = '@mockoon/cli@9.9.0'
const OPTIONS = ['--repair', '--disable-log-to-file', '--disable-admin-api', '-l', '127.0.0.1']

export const mockoon: Rival = {
  package: PACKAGE,
  node: 18,
  answer: 'compares the credentials, and fills in two unsigned tokens by a template',
  subject: (node) => {
    const file = fileOf(PACKAGE, '@mockoon/cli/bin/run.js')
    const data = resolve('bench/rivals/files/mockoon.json')
    return {
      command: (port) => [node, file, 'start', ...OPTIONS, '-d', data, '-p', String(port)],
    }
  },
}
