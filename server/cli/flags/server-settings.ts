import { DEFAULT_HOST, type ServerOptions } from '../../http/options.js'
import type { SharedOptions } from '../configuration/options.js'
import type { MockSetting } from './setting.js'

/** The command's port: ZAPS on the keys of a phone. */
export const DEFAULT_PORT = 9277

/**
 * The settings of the server and of what the command prints. The schemas say which values are allowed;
 * the compiler refuses an option of the server without a row.
 */
export const SERVER_SETTINGS = {
  port: {
    flag: '--port <number>',
    kind: 'number',
    path: 'port',
    group: 'Server:',
    help: {
      en: `port to listen on; 0 takes any free port (default: ${DEFAULT_PORT})`,
      pt: `porta em que o mock escuta; 0 usa qualquer porta livre (padrão: ${DEFAULT_PORT})`,
    },
  },
  host: {
    flag: '--host <address>',
    kind: 'text',
    path: 'host',
    group: 'Server:',
    help: {
      en: `address to listen on (default: ${DEFAULT_HOST}, which only this machine can call)`,
      pt: `endereço em que o mock escuta (padrão: ${DEFAULT_HOST}, que só esta máquina acessa)`,
    },
  },
  tlsCaOut: {
    flag: '--tls-ca-out <file>',
    kind: 'text',
    path: 'tls.caOut',
    group: 'Server:',
    help: {
      en: 'write the CA certificate that clients must trust to this file; turns --tls on',
      pt: 'grava neste arquivo a autoridade certificadora (CA) do mock, para os clientes confiarem nela; ativa --tls',
    },
  },
  tlsCert: {
    flag: '--tls-cert <file>',
    kind: 'text',
    path: 'tls.cert',
    group: 'Server:',
    help: {
      en: 'your own certificate, in PEM; turns --tls on',
      pt: 'seu próprio certificado, em PEM; ativa --tls',
    },
  },
  tlsKey: {
    flag: '--tls-key <file>',
    kind: 'text',
    path: 'tls.key',
    group: 'Server:',
    help: {
      en: 'the private key of --tls-cert, in PEM',
      pt: 'a chave privada de --tls-cert, em PEM',
    },
  },
  // After the settings that give it an object: `true` does not replace that.
  tls: {
    flag: '--tls',
    kind: 'switch',
    path: 'tls',
    off: false,
    group: 'Server:',
    help: {
      en: "serve https, with a certificate for ZapSign's hosts and this machine that is valid for a day",
      pt: 'atende por https, com um certificado para os hosts da ZapSign e para esta máquina, válido por um dia',
    },
  },
  config: {
    flag: '--config <file>',
    kind: 'text',
    path: 'config',
    group: 'Server:',
    help: {
      en: 'configuration file, JSON or YAML (default: zapsign-mock.config.json, .yaml or .yml in this folder)',
      pt: 'arquivo de configuração, JSON ou YAML (padrão: zapsign-mock.config.json, .yaml ou .yml nesta pasta)',
    },
  },
  latency: {
    flag: '--latency <duration>',
    kind: 'text',
    path: 'latency',
    group: 'Server:',
    help: {
      en: 'delay every reply by this duration, or by a random one in a range: 100ms-400ms (default: no delay)',
      pt: 'atrasa cada resposta por este tempo, ou por um tempo aleatório: 100ms-400ms (padrão: sem atraso)',
    },
  },
  cors: {
    flag: '--cors',
    kind: 'switch',
    path: 'cors',
    group: 'Server:',
    help: {
      en: 'allow browsers to call from other origins, which ZapSign does not',
      pt: 'permite chamadas de navegadores a partir de outras origens, o que a ZapSign não permite',
    },
  },
  trustProxy: {
    flag: '--trust-proxy',
    kind: 'switch',
    path: 'trustProxy',
    group: 'Server:',
    help: {
      en: 'behind a reverse proxy, use the scheme and host in X-Forwarded-Proto and X-Forwarded-Host for redirects and links. The control API then needs --control-token',
      pt: 'usa o esquema e o host de X-Forwarded-Proto e X-Forwarded-Host em redirecionamentos e links, atrás de um proxy reverso que os define. A API de controle então exige --control-token',
    },
  },
  routes: {
    flag: '--routes <file>',
    kind: 'list',
    path: 'routes',
    group: 'Server:',
    help: {
      en: 'module that adds your own endpoints to the mock (repeatable)',
      pt: 'módulo com seus próprios endpoints, que o mock também atende (opção repetível)',
    },
  },
  log: {
    flag: '--log <style>',
    kind: 'text',
    path: 'log',
    group: 'Server:',
    help: {
      en: 'how to log requests: pretty, json or silent (default: pretty on a terminal, json elsewhere)',
      pt: 'como registrar as requisições: pretty, json ou silent (padrão: pretty em um terminal, json fora dele)',
    },
  },
  json: {
    flag: '--json',
    kind: 'switch',
    path: 'json',
    group: 'Server:',
    help: {
      en: 'print one line of JSON when the mock is ready, for scripts. The log goes to stderr. The line contains no passwords: take those from the configuration or from --users-file',
      pt: 'imprime uma linha de JSON quando o mock está pronto, para scripts. O log vai para stderr. A linha não contém senhas: elas estão na configuração ou em --users-file',
    },
  },
  watch: {
    flag: '--watch',
    kind: 'switch',
    path: 'watch',
    group: 'Server:',
    help: {
      en: 'read the configuration file again when it changes. Port, clock and journal stay; a file with a mistake changes nothing',
      pt: 'lê o arquivo de configuração de novo quando ele muda. Porta, relógio e registro de requisições continuam; um arquivo com erro não muda nada',
    },
  },
  parentWatch: {
    flag: '--parent-watch',
    kind: 'switch',
    path: 'parentWatch',
    group: 'Server:',
    help: {
      en: 'stop the mock when the process that started it ends, for example npx in a script',
      pt: 'encerra o mock quando o processo que o iniciou termina, por exemplo o npx em um script',
    },
  },
  store: {
    flag: '--store <url>',
    kind: 'text',
    path: 'store',
    group: 'Shared state:',
    help: {
      en: 'keep the state in Redis or Valkey, where other mocks with the same options share it: redis://, rediss:// or valkey://. Needs the package @redis/client (default: in memory)',
      pt: 'guarda o estado no Redis ou no Valkey, onde outros mocks com as mesmas opções o compartilham: redis://, rediss:// ou valkey://. Exige o pacote @redis/client (padrão: na memória)',
    },
  },
  storePrefix: {
    flag: '--store-prefix <text>',
    kind: 'text',
    path: 'storePrefix',
    group: 'Shared state:',
    help: {
      en: 'prefix of the keys in the store (default: zapsign-mock: and a hash of the options)',
      pt: 'início das chaves no store (padrão: zapsign-mock: e um hash das opções)',
    },
  },
  workers: {
    flag: '--workers <number>',
    kind: 'number',
    path: 'workers',
    group: 'Shared state:',
    help: {
      en: 'answer in this many processes on one port; needs --store',
      pt: 'responde com esta quantidade de processos em uma única porta; exige --store',
    },
  },
  control: {
    flag: '--no-control',
    kind: 'switch',
    path: 'control',
    on: false,
    off: {},
    group: 'Control API:',
    help: {
      en: 'turn off the control API and the console page under /__zapsign/',
      pt: 'desativa a API de controle e a página do console em /__zapsign/',
    },
  },
  controlToken: {
    flag: '--control-token <token>',
    variable: 'ZAPSIGN_CONTROL_TOKEN',
    kind: 'text',
    path: 'control.token',
    group: 'Control API:',
    help: {
      en: 'bearer token that the control API requires. Needed where other machines can call the mock. Also ZAPSIGN_CONTROL_TOKEN',
      pt: 'token bearer que a API de controle exige. Necessário quando outras máquinas acessam o mock. Também em ZAPSIGN_CONTROL_TOKEN',
    },
  },
  controlHost: {
    flag: '--control-host <name>',
    kind: 'list',
    path: 'control.hosts',
    group: 'Control API:',
    help: {
      en: 'host name under which the control API may be called, besides loopback and the addresses of the mock (repeatable)',
      pt: 'nome de host pelo qual a API de controle pode ser chamada, além do loopback e dos endereços do mock (opção repetível)',
    },
  },
  intercept: {
    flag: '--intercept',
    kind: 'switch',
    path: 'intercept',
    group: 'Server:',
    help: {
      en: "answer the program's calls to ZapSign's own hosts, such as https://api.zapsign.com.br: for programs whose base URL cannot be changed",
      pt: 'atende as chamadas do programa aos hosts da própria ZapSign, como https://api.zapsign.com.br: para programas cuja URL base não pode ser alterada',
    },
  },
} as const satisfies Record<keyof ServerOptions | keyof SharedOptions, MockSetting> &
  Record<string, MockSetting>
