/** @jsxImportSource preact */
/** CardYA's entry (PWA-04): reads the small store, draws the card. Whatever is not needed for the first QR is loaded after it. */
import { render } from 'preact'
import { iniciarActualizacion } from '../lib/actualizacion.ts'
import { IDIOMA } from '../lib/idioma.ts'
import { iniciarInstalacion, quiereInstalar } from '../lib/instalacion.ts'
import './estilo.css'
import { abrirAlmacen } from './almacen.ts'
import { App } from './app.tsx'
import { demoRecordada } from './cambio-de-persona.ts'
import './cardya.css'
import { crearReloj } from './reloj.ts'
import { t } from './textos.ts'

const raiz = document.getElementById('raiz')
if (!raiz) throw new Error('index.html has a #raiz')
document.documentElement.lang = IDIOMA === 'es' ? 'es-MX' : 'en'
vestirSegunElSistema()
iniciarInstalacion('cardya')
tomarInstalar()
const demo = tomarDemo()

try {
  const almacen = await abrirAlmacen()
  const guardado = await almacen.leer()
  render(<App almacen={almacen} reloj={crearReloj(guardado.reloj)} guardado={guardado} demo={demo} />, raiz)
} catch (error) {
  console.error('the card’s store does not open', error)
  render(
    <main class="app">
      <p class="aviso" role="alert">
        {t.noAbre}
      </p>
    </main>,
    raiz,
  )
}
iniciarActualizacion('cardya')

/** Dark with the system; the plate of the code stays white in both. */
function vestirSegunElSistema(): void {
  const oscuro = matchMedia('(prefers-color-scheme: dark)')
  const vestir = () => {
    if (oscuro.matches) document.documentElement.dataset.theme = 'dark'
    else delete document.documentElement.dataset.theme
  }
  vestir()
  oscuro.addEventListener('change', vestir)
}

/** `?instalar`: whoever comes from the app's link wants it on the home screen (PWA-10). The address forgets it. */
function tomarInstalar(): void {
  const direccion = new URL(location.href)
  if (!direccion.searchParams.has('instalar')) return
  direccion.searchParams.delete('instalar')
  history.replaceState(history.state, '', direccion)
  quiereInstalar()
}

/** `?demo=juan` enters with one tap, once: the address forgets it. */
function tomarDemo(): string | null {
  const direccion = new URL(location.href)
  const nombre = direccion.searchParams.get('demo')
  if (nombre === null) return demoRecordada()
  direccion.searchParams.delete('demo')
  history.replaceState(history.state, '', direccion)
  return nombre
}
