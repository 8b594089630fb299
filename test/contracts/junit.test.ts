import { expect, test } from 'vitest'
import { toJUnit } from '../../contracts/junit.js'

test('a report counts what failed and what was skipped', () => {
  const cases = [
    { name: 'one' },
    { name: 'two', failure: 'it went wrong' },
    { name: 'three', skipped: 'it was not asked for' },
  ]
  expect(toJUnit('suite', cases)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="suite" tests="3" failures="1" skipped="1">
    <testcase classname="suite" name="one"/>
    <testcase classname="suite" name="two"><failure message="it went wrong"/></testcase>
    <testcase classname="suite" name="three"><skipped message="it was not asked for"/></testcase>
  </testsuite>
</testsuites>
`)
})

test('what XML has no place for does not come into it', () => {
  const text = toJUnit('a & b', [{ name: '<x y="1">\u0000\u001b[31m\ud800', failure: "it's\nso" }])
  expect(text).toContain(
    '<testcase classname="a &amp; b" name="&lt;x y=&quot;1&quot;&gt;\ufffd\ufffd[31m\ufffd"><failure message="it&apos;s so"/></testcase>',
  )
})
