import type { createZapSignClient } from './zapsign'

export interface Employee {
  name: string
  email: string
}

interface Document {
  token: string
  signers: { sign_url: string }[]
}

/** Sends an employee's contract to ZapSign, and resolves to the address where the employee signs it. */
export async function sendContract(
  zapsign: ReturnType<typeof createZapSignClient>,
  { name, email }: Employee,
): Promise<string> {
  const document = (await zapsign.call('POST', '/docs/', {
    name: `Contract of ${name}`,
    url_pdf: 'https://files.example/contract.pdf',
    signers: [{ name, email }],
  })) as Document
  const [signer] = document.signers
  if (!signer) throw new Error('ZapSign created a document that nobody signs')
  return signer.sign_url
}
