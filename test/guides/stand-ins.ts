/** A command of a guide that runs differently here, because it downloads from somewhere else than npm. */
interface StandIn {
  command: RegExp
  here: string
  note: string
}

const STAND_INS: readonly StandIn[] = []

/** Programs that a guide needs besides Node. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  python: ['python3', 'pytest'],
}

export const needsOf = (name: string): readonly string[] => NEEDS[name] ?? []

/** The commands of a guide as they run here: with the packed package, and with stand-ins. */
export function adapt(lines: string, tarball: string): { lines: string; notes: string[] } {
  const notes: string[] = []
  let adapted = lines.replace(/^(npm (?:install|i)\b.*?) zapsign-mock\b/gm, `$1 ${tarball}`)
  for (const { command, here, note } of STAND_INS) {
    const before = adapted
    adapted = adapted.replace(command, here)
    if (adapted !== before) notes.push(note)
  }
  return { lines: adapted, notes }
}
