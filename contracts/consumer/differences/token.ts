import { LITERALS } from '../../promises.js'

const TOKEN_NAMES: Readonly<Record<string, string>> = {
  [LITERALS.accessToken]: 'The access token',
  [LITERALS.expiredAccessToken]: 'The expired access token',
  [LITERALS.refreshToken]: 'The refresh token',
  [LITERALS.expiredRefreshToken]: 'The expired refresh token',
}

/** Says which of the given tokens was sent in place of which. `undefined` for any other value. */
export function explainToken(got: string, specified: string): string | undefined {
  const [sent, wanted] = [TOKEN_NAMES[got], TOKEN_NAMES[specified]]
  return sent && wanted && `${sent} was sent where ${wanted.toLowerCase()} belongs.`
}
