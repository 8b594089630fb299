import { askAll } from './behavior/ask.js'
import { recordLogin } from './behavior/pact.js'
import { type Answers, cell, print } from './behavior/print.js'
import { node24 } from './load/node.js'
import { rivals } from './rivals/index.js'
import { subjectOf } from './rivals/rival.js'
import { install, pack } from './support.js'
import { ownSubjects } from './throughput.js'

/** Not a measurement: what each tool answers to the same questions. */
export async function measure() {
  const node = node24()
  const { 'zapsign-mock': own } = ownSubjects(node, install(pack()))
  if (!own) throw new Error('There is no subject "zapsign-mock"')
  const answers: Record<string, Answers> = { 'zapsign-mock': await askAll(own) }
  for (const [name, rival] of Object.entries(rivals)) {
    // Another key changes nothing in what is answered.
    if (name.endsWith('ES256')) continue
    const subject = subjectOf(rival, node)
    if (typeof subject === 'string') console.log(`${name}: NOT RUN, because ${subject}`)
    else answers[name] = await askAll(subject, rival.dialect)
  }
  print(answers)
  const pact = recordLogin(node)
  console.log('\na login recorded by pact-msw-adapter')
  for (const [name, value] of Object.entries(pact)) console.log(`  ${name.padEnd(28)}${value}`)
  return { ...mapValues(answers, (all) => mapValues(all, cell)), 'pact-msw-adapter': pact }
}

function mapValues<T, U>(record: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
