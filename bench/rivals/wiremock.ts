import { resolve } from 'node:path'
import { isInstalled } from '../load/wrk.js'
import { fileOf, type Rival } from './rival.js'

const VERSION = '3.13.2'
const PACKAGE = `wiremock@${VERSION}`
/** The npm package contains the program for the Java virtual machine. */
const JAR = `wiremock/build/wiremock-standalone-${VERSION}.jar`
const OPTIONS = ['--bind-address', '127.0.0.1', '--disable-banner', '--no-request-journal']

export const wiremock: Rival = {
  package: PACKAGE,
  node: 0,
  answer: 'on Java: compares the credentials, and fills in two unsigned tokens by a template',
  missing: () => (isInstalled('java') ? undefined : 'java is not installed'),
  subject: () => {
    const root = ['--root-dir', resolve('bench/rivals/files/wiremock')]
    const program = ['java', '-jar', fileOf(PACKAGE, JAR)]
    return { command: (port) => [...program, ...OPTIONS, ...root, '--port', String(port)] }
  },
}
