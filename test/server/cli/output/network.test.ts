import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { networkUrls } from '../../../../server/cli/output/network.js'

const IPV4 = { address: '192.168.1.5', family: 'IPv4', internal: false }
const IPV6 = { address: '2001:db8::5', family: 'IPv6', internal: false, scopeid: 0 }
const LINK_LOCAL = { address: 'fe80::1', family: 'IPv6', internal: false, scopeid: 2 }
const LOOPBACK = { address: '127.0.0.1', family: 'IPv4', internal: true }
const INTERFACES = {
  lo: [LOOPBACK],
  eth0: [IPV4, IPV6, LINK_LOCAL],
} as unknown as NodeJS.Dict<NetworkInterfaceInfo[]>

test.each([
  ['http://127.0.0.1:9277', undefined, []],
  ['http://127.0.0.1:9277', '127.0.0.1', []],
  ['http://localhost:9277', 'localhost', []],
  ['http://[::1]:9277', '::1', []],
  ['http://127.0.0.1:9277', '0.0.0.0', ['http://192.168.1.5:9277']],
  ['http://127.0.0.1:9277', '0', ['http://192.168.1.5:9277']],
  ['http://[::1]:9277', '::', ['http://192.168.1.5:9277', 'http://[2001:db8::5]:9277']],
  ['https://[::1]:9277', '::', ['https://192.168.1.5:9277', 'https://[2001:db8::5]:9277']],
  ['http://192.168.1.5:9277', 'my-machine', ['http://192.168.1.5:9277']],
])('other machines reach %s on the host %s at %j', (url, host, urls) => {
  expect(networkUrls(url, host, INTERFACES)).toEqual(urls)
})
