import type { Answer } from './ask.js'

export type Answers = Record<string, Answer | string>

/** More keys than this are cut off in the table. */
const KEYS = 3

/** A table of statuses and keys in Markdown, and below it the whole answers. */
export function print(results: Record<string, Answers>): void {
  const questions = Object.keys(Object.values(results)[0] ?? {})
  const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`)
  row(['request', ...Object.keys(results)])
  row(['---', ...Object.keys(results).map(() => '---')])
  for (const question of questions) {
    row([question, ...Object.values(results).map((answers) => cell(answers[question]))])
  }
  for (const question of questions) {
    console.log(`\n${question}`)
    for (const [tool, answers] of Object.entries(results)) {
      console.log(`  ${tool.padEnd(20)} ${whole(answers[question])}`)
    }
  }
}

/** The status, and the keys of a JSON object. */
export function cell(answer: Answer | string | undefined): string {
  if (answer === undefined) return '–'
  if (typeof answer === 'string') return answer
  return `${answer.status} ${keysOf(answer.body)}`.trim()
}

function keysOf(body: string): string {
  if (body === '') return ''
  try {
    const keys = Object.keys(JSON.parse(body))
    return [...keys.slice(0, KEYS), ...(keys.length > KEYS ? ['…'] : [])].join(', ')
  } catch {
    return 'text'
  }
}

function whole(answer: Answer | string | undefined): string {
  if (answer === undefined || typeof answer === 'string') return answer ?? 'no such request'
  const { status, location, body } = answer
  return [status, location, body.replaceAll(/\s+/g, ' ').slice(0, 150)].filter(Boolean).join(' ')
}
