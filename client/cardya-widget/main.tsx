/** @jsxImportSource preact */
import { render } from 'preact'
import { iniciarActualizacion } from '../lib/actualizacion.ts'
import { IDIOMA } from '../lib/i18n.ts'
import { iniciarInstalacion } from '../lib/instalacion.ts'
import '../ui/estilo.css'

const raiz = document.getElementById('raiz')
if (!raiz) throw new Error('index.html has a #raiz')
document.documentElement.lang = IDIOMA === 'es' ? 'es-MX' : 'en'
render(<h1>CardYA</h1>, raiz)
iniciarInstalacion('cardya')
iniciarActualizacion('cardya')
