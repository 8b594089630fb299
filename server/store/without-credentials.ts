/** A text without the user name and the password of each URL in it. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#]*@/gi, '$1(withheld)@')
}
