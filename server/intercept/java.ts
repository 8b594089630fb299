import { fromTrustStore, STORE_PASSWORD, toTrustStore } from './java-trust-store.js'
import { quoteBlanks, readBytes, type Setting, type Variables } from './setting.js'
import { systemRoots } from './trust-bundle.js'

/** Java sends no credentials to a proxy that options name, so it uses the open port. */
export function java(setting: Setting): Variables {
  const { own, folder, ca, openPort } = setting
  const given = own['JAVA_TOOL_OPTIONS'] ?? ''
  const [, ownStore] = /-Djavax\.net\.ssl\.trustStore=(\S+)/.exec(given) ?? []
  const trusted = ownStore ? fromTrustStore(readBytes(ownStore)) : systemRoots()
  const options = [
    given,
    '-Dhttps.proxyHost=127.0.0.1',
    `-Dhttps.proxyPort=${openPort}`,
    // A store that cannot be read cannot be extended either: Java then refuses our certificate.
    ...(trusted === undefined
      ? []
      : storeOptions(folder.write('java.jks', toTrustStore(trusted + ca)))),
  ]
  return { JAVA_TOOL_OPTIONS: options.join(' ').trim() }
}

function storeOptions(file: string): string[] {
  return [
    quoteBlanks(`-Djavax.net.ssl.trustStore=${file}`),
    '-Djavax.net.ssl.trustStoreType=JKS',
    `-Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`,
  ]
}
