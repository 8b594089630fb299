import { createZapSign } from 'zapsign-mock'
import { matchers } from 'zapsign-mock/mocks'

const zapsign = createZapSign()
expect.extend(matchers)
expect(zapsign).toHaveIssuedTokens(1)
expect(zapsign).not.toHaveRejected('rateLimited', 2)
expect(zapsign).toHaveSignedInAs('ana@example.com', { password: 'x' })
// @ts-expect-error a refusal that does not exist
expect(zapsign).toHaveRejected('unauthorised')
