import { createApi } from './api.js'
import { createSession } from './session.js'

/** A session with the settings of the environment: no secret is in the code. */
export function sessionFromEnvironment(environment = process.env) {
  const setting = (name: string): string => {
    const value = environment[name]
    if (!value) throw new Error(`Set the environment variable ${name}`)
    return value
  }
  return createSession({
    api: createApi({ apiUrl: setting('ZAPSIGN_API_URL') }),
    credentials: {
      organizationId: setting('ZAPSIGN_ORGANIZATION_ID'),
      username: setting('ZAPSIGN_USERNAME'),
      password: setting('ZAPSIGN_PASSWORD'),
    },
  })
}
