import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

/** The folders of the packages that have code in a bundle. */
function bundledPackages(metafiles: Metafile[]): string[] {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs))
  const inputs = outputs.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = inputs.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort()
}

/** The licences of all packages that have code in the bundles, and of those in `others`. */
export function licencesOf(metafiles: Metafile[], others: readonly string[]): string {
  const folders = [...bundledPackages(metafiles), ...others]
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    if (!file && !license) throw new Error(`${name} states no licence`)
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `License: ${license}`
    return `${name} ${version} (${license})\n\n${text}\n`
  })
  return `zapsign-mock contains code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
