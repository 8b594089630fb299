import { expect, test } from 'vitest'
import { toJUnit } from '../../contracts/junit.js'

test('a report counts failures and skipped cases, and adds up the times', () => {
  const cases = [
    { name: 'one', duration: 1500 },
    { name: 'two', failure: 'it went wrong', duration: 20 },
    { name: 'three', skipped: 'it was not asked for' },
  ]
  expect(toJUnit('suite', cases)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="suite" tests="3" failures="1" skipped="1" time="1.520">
    <testcase classname="suite" name="one" time="1.500"/>
    <testcase classname="suite" name="two" time="0.020"><failure message="it went wrong">it went wrong</failure></testcase>
    <testcase classname="suite" name="three" time="0.000"><skipped message="it was not asked for">it was not asked for</skipped></testcase>
  </testsuite>
</testsuites>
`)
})

test('characters that XML cannot hold are replaced', () => {
  const text = toJUnit('a & b', [{ name: '<x y="1">\u0000\u001b[31m\ud800', failure: "it's\nso" }])
  expect(text).toContain(
    '<testcase classname="a &amp; b" name="&lt;x y=&quot;1&quot;&gt;\ufffd\ufffd[31m\ufffd" time="0.000"><failure message="it&apos;s so">it&apos;s so</failure></testcase>',
  )
})
