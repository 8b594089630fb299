import { homedir } from 'node:os'
import { join } from 'node:path'
import { readBytes, type Setting, type Variables } from './setting.js'
import { readCertificates, systemRoots } from './trust-bundle.js'

/** wget reads no variable for certificates, and `WGETRC` replaces the user's file. */
export function wget({ own, folder, ca }: Setting): Variables {
  const ownFile = readBytes(own['WGETRC'] || join(own['HOME'] || homedir(), '.wgetrc')).toString()
  const [, ownBundle = ''] = /^[ \t]*ca[-_]?certificate[ \t]*=[ \t]*(\S+)/im.exec(ownFile) ?? []
  const trusted = (ownBundle && readCertificates(ownBundle)) || systemRoots()
  const file = folder.write('wget.pem', trusted + ca)
  return { WGETRC: folder.write('wgetrc', `${ownFile}\nca_certificate = ${file}\n`) }
}
