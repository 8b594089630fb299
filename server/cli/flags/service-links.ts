/** What such variables are called, and what their values look like where a setting has the same name. */
const LINKS: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^ZAPSIGN_MOCK(_\w+)?_PORT$/, /^(tcp|udp|sctp):\/\//],
  [/^ZAPSIGN_MOCK(_\w+)?_NAME$/, /^\//],
  [/^ZAPSIGN_MOCK(_\w+)?_SERVICE_(HOST|PORT(_\w+)?)$/, /^/],
  [/^ZAPSIGN_MOCK(_\w+)?_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR|START|END))*$/, /^/],
  [/^ZAPSIGN_MOCK(_\d+)?_ENV_\w+$/, /^/],
]

const MOST_CHARACTERS = 300

/**
 * Whether a variable describes a service or a container called `zapsign-mock`, or `zapsign-mock-1`.
 * Kubernetes sets such variables in every pod of the namespace ("Discovering services", Kubernetes
 * docs), Docker in containers with a link ("Legacy container links", Docker docs).
 */
export function isServiceLink(variable: string, value: string): boolean {
  if (variable.length > MOST_CHARACTERS) return false
  return LINKS.some(([name, form]) => name.test(variable) && form.test(value))
}
