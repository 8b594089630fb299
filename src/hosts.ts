/** Production: "ZapSign Environments", ZapSign docs. */
export const PRODUCTION_URL = 'https://api.zapsign.com.br'

/** Sandbox, which "replicates production exactly": "ZapSign Environments", ZapSign docs. */
export const SANDBOX_URL = 'https://sandbox.api.zapsign.com.br'

/** The host for Brazil, documented beside production. */
export const BRAZIL_URL = 'https://br.api.zapsign.com.br'
