/** One thing that was checked, for a JUnit report. */
export interface JUnitCase {
  name: string
  /** Why it failed. */
  failure?: string
  /** Why it was not checked. */
  skipped?: string
  /** Milliseconds. @default 0 */
  duration?: number
}

/** A JUnit report of one suite, as CI servers read it. */
export function toJUnit(
  suite: string,
  cases: readonly JUnitCase[],
  /** Milliseconds of the whole suite. */
  duration = sum(cases),
): string {
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure !== undefined).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  }
  const attributes = Object.entries(counts).map(([name, count]) => ` ${name}="${count}"`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${escapeXml(suite)}"${attributes.join('')} time="${seconds(duration)}">`,
    ...cases.map((one) => toCase(suite, one)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function toCase(suite: string, { name, failure, skipped, duration = 0 }: JUnitCase): string {
  const opening = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" time="${seconds(duration)}"`
  if (failure !== undefined) return `${opening}>${toElement('failure', failure)}</testcase>`
  if (skipped !== undefined) return `${opening}>${toElement('skipped', skipped)}</testcase>`
  return `${opening}/>`
}

/** Some CI servers show the attribute, others the text. */
function toElement(tag: 'failure' | 'skipped', message: string): string {
  const text = escapeXml(message)
  return `<${tag} message="${text}">${text}</${tag}>`
}

function sum(cases: readonly JUnitCase[]): number {
  return cases.reduce((total, { duration = 0 }) => total + duration, 0)
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** XML 1.0 cannot hold most control characters, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/\s+/g, ' ')
}
