import type { ZapSign } from './zapsign.js'

export interface Contract {
  customer: string
  status: 'sent' | 'signed'
}

/** The contracts of this program by the token of their document. A real program has a database. */
export function createContracts(zapsign: ZapSign) {
  const contracts = new Map<string, Contract>()

  return {
    async send(customer: string, signers: { name: string; email: string }[]) {
      const document = await zapsign.createDocument(`Contract of ${customer}`, signers)
      contracts.set(document.token, { customer, status: 'sent' })
      return document
    },

    find: (token: string) => contracts.get(token),

    /**
     * Takes the status from ZapSign, not from the webhook: anybody can send one, and an old one may arrive
     * after a new one. So it does no harm when a webhook comes twice. Other documents are ignored.
     */
    async update(token: string): Promise<void> {
      const contract = contracts.get(token)
      if (!contract) return
      const { status } = await zapsign.document(token)
      if (status === 'signed') contract.status = 'signed'
    },
  }
}

export type Contracts = ReturnType<typeof createContracts>
