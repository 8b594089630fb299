import { refuse } from '../answer.js'
import { describeView } from '../framework/metadata.js'
import { type Endpoint, METHODS, type Method } from './endpoint.js'

/**
 * The endpoints that ZapSign documents and that this mock does not model, by path and methods: the
 * pages of docs.zapsign.com.br, one endpoint a page. Literal paths stand before the placeholders that
 * would match them.
 */
const DOCUMENTED: Readonly<Record<string, readonly Method[]>> = {
  '/api/v1/docs/': ['POST'],
  '/api/v1/docs/signer-log/{token}/': ['GET'],
  '/api/v1/docs/{token}/': ['GET', 'PUT', 'DELETE'],
  '/api/v1/docs/{token}/document-display-order/': ['PUT'],
  '/api/v1/docs/{token}/reprocess-doc/': ['POST'],
  '/api/v1/docs/{token}/upload-extra-doc/': ['POST'],
  '/api/v1/docs/{token}/add-signer/': ['POST'],
  '/api/v1/docs/{token}/place-signatures/': ['POST'],
  '/api/v1/signers/{token}/': ['GET', 'POST', 'DELETE'],
  '/api/v1/signer/{token}/remove/': ['DELETE'],
  '/api/v1/models/create-doc/': ['POST'],
  '/api/v1/models/{token}/upload-extra-doc/': ['POST'],
  '/api/v1/templates/': ['GET'],
  '/api/v1/templates/create/': ['POST'],
  '/api/v1/templates/update-form/': ['POST'],
  '/api/v1/templates/{token}/': ['GET', 'PUT', 'DELETE'],
  '/api/v1/timestamp/': ['POST'],
  '/api/v1/timestamp/no-signature/': ['POST'],
  '/api/v1/partner/company/': ['POST'],
  '/api/v1/partner/update-payment-status/': ['POST'],
  '/api/v1/sign/': ['POST'],
  '/api/v1/refuse/': ['POST'],
  '/api/v1/user/company/webhook/': ['POST', 'DELETE'],
  '/api/v1/user/company/webhook/{action}/': ['POST', 'DELETE'],
  '/api/v1/users/create-user/': ['POST'],
  '/api/v1/users/{email}/': ['DELETE'],
}

export const NOT_MODELLED: readonly Endpoint[] = Object.entries(DOCUMENTED).map(
  ([path, methods]) => ({
    path,
    isProtected: true,
    isModelled: false,
    metadata: describeView({ name: nameOf(path) }),
    methods: Object.fromEntries(
      METHODS.filter((method) => methods.includes(method)).map((method) => [
        method,
        () => refuse('notModelled', `${method} ${path}`),
      ]),
    ),
  }),
)

/** A name for OPTIONS, which ZapSign does not publish. */
function nameOf(path: string): string {
  const words = path.split(/[/-]/).filter((word) => /^[a-z]+$/.test(word) && word !== 'api')
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
}
