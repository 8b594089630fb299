import { expect, test } from 'vitest'
import { parseArguments } from '../../../../server/cli/flags/arguments.js'
import { ARGUMENTS } from '../../../../server/cli/flags/help.js'
import { type HelpLanguage, helpLanguage } from '../../../../server/cli/flags/wording.js'

const COMMANDS = [
  ...['', 'serve', 'run', 'token', 'contract', 'verify', 'wait'],
  ...['reset', 'advance', 'set-time', 'outcome', 'requests', 'token', 'users'].map(
    (verb) => `control ${verb}`,
  ),
]

function helpOf(command: string, language: HelpLanguage): string {
  const args = [...command.split(' ').filter(Boolean), '--help']
  const invocation = parseArguments(args, language)
  return invocation.command === 'print' ? invocation.text : ''
}

/** Without what aligns them. */
const linesOf = (text: string) => text.split('\n').map((line) => line.trim().replace(/ +/g, ' '))

const flagsIn = (text: string) => [...text.matchAll(/^ {2}(?:-h, )?(--[\w-]+)/gm)].map(([, f]) => f)

test.each([
  [{ LANG: 'pt_BR.UTF-8' }, 'pt'],
  [{ LANG: 'pt' }, 'pt'],
  [{ LANG: 'pt_PT@euro' }, 'pt'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'pt_BR' }, 'pt'],
  [{ LANG: 'pt_BR', LC_MESSAGES: 'C' }, 'en'],
  [{ LANG: 'en_US', LC_MESSAGES: 'en_US', LC_ALL: 'pt_BR' }, 'pt'],
  [{ LANG: 'pt_BR', LC_MESSAGES: '', LC_ALL: '' }, 'pt'],
  [{ LANG: 'ptx_XX' }, 'en'],
  [{ LANG: 'es_ES' }, 'en'],
  [{}, 'en'],
])('with %o the help is in %s', (environment, language) => {
  expect(helpLanguage(environment)).toBe(language)
})

test.each(COMMANDS)(
  'the Portuguese help of %j has the same flags, in the same order',
  (command) => {
    expect(flagsIn(helpOf(command, 'pt'))).toEqual(flagsIn(helpOf(command, 'en')))
  },
)

test.each(COMMANDS)('no line of the Portuguese help of %j is left in English', (command) => {
  const english = linesOf(helpOf(command, 'en'))
  const same = linesOf(helpOf(command, 'pt'))
    .filter((line) => /[a-z]{2} [a-z]{2}/.test(line) && !line.includes('zapsign-mock'))
    .filter((line) => english.includes(line))
  expect(same).toEqual([])
})

test.each(COMMANDS)(
  'every heading and argument in the Portuguese help of %j is translated',
  (command) => {
    const heading = /^[A-Z]\w+.*:/gm
    const pt = helpOf(command, 'pt').match(heading) ?? []
    const left = pt.filter((found) => !['Mock:', 'Broker:'].includes(found))
    expect(left.filter((found) => helpOf(command, 'en').includes(found))).toEqual([])
    const names = [...helpOf(command, 'en').matchAll(/[<[]([a-z-]+)/g)].map(([, name = '']) => name)
    expect(names.filter((name) => !Object.hasOwn(ARGUMENTS, name))).toEqual([])
  },
)

test.each([['run'], ['contract']])('the usage line of %s is Portuguese', (command) => {
  expect(helpOf(command, 'pt')).toContain(
    `Uso: zapsign-mock ${command} [opções] -- <comando> [argumentos…]\n`,
  )
})

test('error messages are English in Portuguese, too', () => {
  expect(() => parseArguments(['--prot', '1'], 'pt')).toThrow(
    "Unknown option '--prot' (Did you mean --port?)",
  )
})
