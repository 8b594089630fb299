/** One thing that was checked, for a JUnit report. */
export interface JUnitCase {
  name: string
  /** Why it failed. */
  failure?: string
  /** Why it was not checked. */
  skipped?: string
}

/** JUnit XML of one suite, as CI servers read it. The same cases give the same bytes. */
export function toJUnit(suite: string, cases: readonly JUnitCase[]): string {
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure !== undefined).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  }
  const attributes = Object.entries(counts).map(([name, count]) => ` ${name}="${count}"`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${escapeXml(suite)}"${attributes.join('')}>`,
    ...cases.map((one) => toCase(suite, one)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function toCase(suite: string, { name, failure, skipped }: JUnitCase): string {
  const opening = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}"`
  if (failure !== undefined)
    return `${opening}><failure message="${escapeXml(failure)}"/></testcase>`
  if (skipped !== undefined)
    return `${opening}><skipped message="${escapeXml(skipped)}"/></testcase>`
  return `${opening}/>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/\s+/g, ' ')
}
