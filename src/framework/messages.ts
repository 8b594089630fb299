/** The languages of the provider's validation messages. */
export const LANGUAGES = ['en', 'pt-br', 'es'] as const

/** A language of the provider's validation messages: English, Brazilian Portuguese or Spanish. */
export type Language = (typeof LANGUAGES)[number]

/** The messages that Django and Django REST framework translate. */
export interface Messages {
  required: string
  blank: string
  null: string
  nullCharacters: string
  notADictionary(type: string): string
  notAuthenticated: string
  methodNotAllowed(method: string): string
  notAcceptable: string
  unsupportedMediaType(mediaType: string): string
  notFound: string
  invalidPage: string
}

/** Messages that are English in every language. */
export const UNTRANSLATED = {
  invalidString: 'Not a valid string.',
  noData: 'No data provided',
  surrogate: (codePoint: string) => `Surrogate characters are not allowed: ${codePoint}.`,
} as const

export const MESSAGES: Readonly<Record<Language, Messages>> = {
  en: {
    required: 'This field is required.',
    blank: 'This field may not be blank.',
    null: 'This field may not be null.',
    nullCharacters: 'Null characters are not allowed.',
    notADictionary: (type) => `Invalid data. Expected a dictionary, but got ${type}.`,
    notAuthenticated: 'Authentication credentials were not provided.',
    methodNotAllowed: (method) => `Method "${method}" not allowed.`,
    notAcceptable: 'Could not satisfy the request Accept header.',
    unsupportedMediaType: (mediaType) => `Unsupported media type "${mediaType}" in request.`,
    notFound: 'Not found.',
    invalidPage: 'Invalid page.',
  },
  'pt-br': {
    required: 'Este campo é obrigatório.',
    blank: 'Este campo não pode ser em branco.',
    null: 'Este campo não pode ser nulo.',
    nullCharacters: 'Caracteres nulos não são permitidos.',
    notADictionary: (type) => `Dado inválido. Necessário um dicionário mas recebeu ${type}.`,
    notAuthenticated: 'As credenciais de autenticação não foram fornecidas.',
    methodNotAllowed: (method) => `Método "${method}" não é permitido.`,
    notAcceptable: 'Não foi possível satisfazer a requisição do cabeçalho Accept.',
    // Two spaces, as in the framework's translation.
    unsupportedMediaType: (mediaType) => `Tipo de mídia  "${mediaType}" no pedido não é suportado.`,
    notFound: 'Não encontrado.',
    invalidPage: 'Página inválida.',
  },
  es: {
    required: 'Este campo es requerido.',
    blank: 'Este campo no puede estar en blanco.',
    null: 'Este campo no puede ser nulo.',
    nullCharacters: 'Los caracteres nulos no están permitidos.',
    notADictionary: (type) => `Datos inválidos. Se esperaba un diccionario pero es un ${type}.`,
    notAuthenticated: 'Las credenciales de autenticación no se proveyeron.',
    methodNotAllowed: (method) => `Método "${method}" no permitido.`,
    notAcceptable: 'No se ha podido satisfacer la solicitud de cabecera de Accept.',
    unsupportedMediaType: (mediaType) =>
      `Tipo de medio "${mediaType}" incompatible en la solicitud.`,
    notFound: 'No encontrado.',
    invalidPage: 'Página inválida.',
  },
}
