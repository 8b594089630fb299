// An example of endpoints of your own: documents that a program creates after it has signed in.
//
//   npx zapsign-mock --routes zapsign-mock/examples/documents
//   ZAPSIGN_WEBHOOK_URL=http://127.0.0.1:3000/webhook npx zapsign-mock --routes zapsign-mock/examples/documents
//
// The bodies follow ZapSign's pages "Create document via upload", "Create document via template",
// "Detail document", "List documents", "Delete document", "Add attachment (extra document)" and
// "Doc signed" (webhooks). Files, credits, e-mails and most options of a document are left out.
// Signing is not an endpoint of ZapSign: POST /mock/docs/{token}/sign/ simulates a person who signs the document.
import { randomUUID } from 'node:crypto'

const PAGE_SIZE = 25

/** The most attachments of a document: "Add attachment (extra document)". */
const MOST_EXTRA_DOCS = 14

/** Milliseconds that the receiver of a webhook has to answer. */
const WEBHOOK_TIMEOUT = 5000

const FILES = 'https://zapsign.s3.amazonaws.com/mock'

/** @type {import('zapsign-mock/server').RoutesModule} */
// biome-ignore lint/style/noDefaultExport: a routes module has a default export
export default (router, { zapsign, requireBearer }) => {
  const documents = new Map()
  const webhookUrl = process.env.ZAPSIGN_WEBHOOK_URL
  const now = () => zapsign.time.now().toISOString()

  router.post('/api/v1/docs/', requireBearer, ({ body = {} }, response) => {
    const { name, signers, url_pdf, base64_pdf, url_docx, base64_docx } = body
    if (!name) return refuse(response, 400, { name: ['This field is required.'] })
    if (!(url_pdf || base64_pdf || url_docx || base64_docx))
      return refuse(response, 400, { url_pdf: ['This field is required.'] })
    if (!Array.isArray(signers))
      return refuse(response, 400, { signers: ['This field is required.'] })
    response.json(create(body, signers))
  })

  router.post('/api/v1/models/create-doc/', requireBearer, ({ body = {} }, response) => {
    const { template_id, signer_name, signer_email, data } = body
    if (!template_id) return refuse(response, 400, { template_id: ['This field is required.'] })
    if (!signer_name) return refuse(response, 400, { signer_name: ['This field is required.'] })
    const template = { id: template_id, name: `Template ${template_id}` }
    const document = create(body, [{ name: signer_name, email: signer_email }], template.name)
    response.json(Object.assign(document, { template, answers: answersOf(data) }))
  })

  router.get('/api/v1/docs/', requireBearer, ({ query, originalUrl }, response) => {
    const all = [...documents.values()].reverse()
    const last = Math.max(1, Math.ceil(all.length / PAGE_SIZE))
    const page = Number(query.page ?? 1)
    if (!Number.isInteger(page) || page < 1 || page > last)
      return refuse(response, 404, { detail: 'Invalid page.' })
    // ZapSign's own links are http, on its production host: "List documents".
    const link = (number) =>
      number < 1 || number > last
        ? null
        : `http://api.zapsign.com.br${originalUrl.split('?')[0]}?page=${number}`
    const results = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    response.json({
      count: all.length,
      next: link(page + 1),
      previous: link(page - 1),
      results: results.map(({ signers, extra_docs, ...listed }) => listed),
    })
  })

  router.get('/api/v1/docs/:token/', requireBearer, withDocument, ({ document }, response) => {
    response.json(document)
  })

  router.delete('/api/v1/docs/:token/', requireBearer, withDocument, ({ document }, response) => {
    // A soft delete: the document can still be read ("Delete document").
    response.json(Object.assign(document, { deleted: true, deleted_at: now() }))
  })

  router.post(
    '/api/v1/docs/:token/upload-extra-doc/',
    requireBearer,
    withDocument,
    ({ document, body = {} }, response) => {
      if (!body.name) return refuse(response, 400, { name: ['This field is required.'] })
      const isOpen = document.status === 'pending' && !document.deleted
      if (!isOpen || document.extra_docs.length >= MOST_EXTRA_DOCS)
        return refuse(response, 400, { detail: 'This document cannot get another attachment.' })
      const extra = { ...fileOf(body.name), open_id: document.extra_docs.length + 1 }
      document.extra_docs.push(extra)
      response.json(extra)
    },
  )

  router.post('/mock/docs/:token/sign/', withDocument, async ({ document, body }, response) => {
    const token = body?.signer_token
    const isOpen = ({ status }) => status === 'new'
    const signer = token
      ? document.signers.find((one) => one.token === token)
      : document.signers.find(isOpen)
    if (!signer || !isOpen(signer) || document.deleted)
      return refuse(response, 400, { detail: 'No signer of this document can sign.' })
    Object.assign(signer, {
      status: 'signed',
      signed_at: now(),
      times_viewed: 1,
      last_view_at: now(),
    })
    document.last_update_at = now()
    if (!document.signers.some(isOpen))
      Object.assign(document, {
        status: 'signed',
        signed_file: `${FILES}/${document.token}-signed.pdf`,
      })
    const event = {
      event_type: 'doc_signed',
      sandbox: false,
      ...document,
      signer_who_signed: signer,
    }
    response.json({ status: document.status, webhook: await send(event) })
  })

  function create(
    { name, external_id = '', folder_path = '/', lang = 'pt-br' },
    signers,
    named = name,
  ) {
    const document = {
      ...fileOf(named),
      open_id: documents.size + 1,
      status: 'pending',
      external_id,
      folder_path,
      lang,
      created_through: 'api',
      deleted: false,
      deleted_at: null,
      created_at: now(),
      last_update_at: now(),
      signers: signers.map(signerOf),
      extra_docs: [],
    }
    documents.set(document.token, document)
    return document
  }

  function withDocument(request, response, next) {
    request.document = documents.get(request.params.token)
    if (request.document) next()
    else refuse(response, 404, { detail: 'Not found.' })
  }

  /** Sends a webhook to the address that was given at start, and returns what became of it. */
  async function send(event) {
    if (!webhookUrl) return 'not sent: ZAPSIGN_WEBHOOK_URL is not set'
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      redirect: 'manual',
      signal: AbortSignal.timeout(WEBHOOK_TIMEOUT),
    }
    return fetch(webhookUrl, init).then(
      ({ status }) => `answered with ${status}`,
      (error) => `failed: ${error.cause?.code ?? error.name}`,
    )
  }
}

function fileOf(name) {
  const token = randomUUID()
  return { token, name, original_file: `${FILES}/${token}.pdf`, signed_file: null }
}

function signerOf({
  name = '',
  email = '',
  phone_country = '',
  phone_number = '',
  external_id = '',
}) {
  const token = randomUUID()
  return {
    external_id,
    token,
    sign_url: `https://app.zapsign.com.br/verificar/${token}`,
    status: 'new',
    name,
    email,
    phone_country,
    phone_number,
    times_viewed: 0,
    last_view_at: null,
    signed_at: null,
  }
}

function answersOf(data) {
  return Array.isArray(data) ? data.map(({ de, para }) => ({ variable: de, value: para })) : []
}

function refuse(response, status, body) {
  response.status(status).json(body)
}
