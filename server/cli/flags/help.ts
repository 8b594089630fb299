import { type Command, Help, type HelpConfiguration } from 'commander'
import type { HelpLanguage } from './wording.js'

/** Headings of the help, with their Portuguese. */
const HEADINGS = {
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opções:',
  'Commands:': 'Comandos:',
  'Server:': 'Servidor:',
  'Shared state:': 'Estado compartilhado:',
  'Control API:': 'API de controle:',
  'Users:': 'Usuários:',
  'Tokens and time:': 'Tokens e tempo:',
  'Error responses:': 'Respostas de erro:',
  'Contract:': 'Contrato:',
  'Provider:': 'Provedor:',
  'Broker:': 'Broker:',
  'Reports:': 'Relatórios:',
  'Mock:': 'Mock:',
} as const

/** A heading above options. */
export type Heading = keyof typeof HEADINGS

/** The names of arguments, with their Portuguese. */
export const ARGUMENTS: Readonly<Record<string, string>> = {
  address: 'endereço',
  arguments: 'argumentos',
  branch: 'branch',
  command: 'comando',
  date: 'data',
  duration: 'duração',
  'e-mail': 'e-mail',
  endpoint: 'endpoint',
  file: 'arquivo',
  folder: 'pasta',
  header: 'cabeçalho',
  id: 'id',
  json: 'json',
  language: 'idioma',
  locale: 'locale',
  name: 'nome',
  names: 'nomes',
  number: 'número',
  options: 'opções',
  pact: 'pact',
  password: 'senha',
  path: 'caminho',
  rates: 'taxas',
  secret: 'segredo',
  seed: 'semente',
  status: 'status',
  style: 'estilo',
  text: 'texto',
  token: 'token',
  url: 'url',
  user: 'usuário',
  verb: 'verbo',
  version: 'versão',
}

/** How commander prints its own words: headings, and the names of arguments in usage lines and flags. */
export function helpIn(language: HelpLanguage): HelpConfiguration {
  if (language === 'en') return {}
  const headings: Readonly<Record<string, string>> = HEADINGS
  const english = new Help()
  return {
    styleTitle: (heading) => headings[heading] ?? heading,
    commandUsage: (command) => translateArguments(english.commandUsage(command)),
    subcommandTerm: (command: Command) => translateArguments(english.subcommandTerm(command)),
    optionTerm: ({ flags }) => translateArguments(flags),
    argumentTerm: (argument) => ARGUMENTS[argument.name()] ?? argument.name(),
  }
}

function translateArguments(term: string): string {
  return term.replace(/(?<=[<[])[a-z-]+/g, (name) => ARGUMENTS[name] ?? name)
}
