import '../lib/sin-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ScanYA } from '../apps/scanya/scanya.tsx'
import { aplicarTema } from '../apps/scanya/tema.ts'
import { iniciarActualizacion } from '../lib/actualizacion.ts'
import { IDIOMA } from '../lib/idioma.ts'
import { iniciarInstalacion } from '../lib/instalacion.ts'
import '../ui/estilo.css'

const raiz = document.getElementById('raiz')
if (!raiz) throw new Error('index.html has a #raiz')
document.documentElement.lang = IDIOMA === 'es' ? 'es-MX' : 'en'
aplicarTema()
createRoot(raiz).render(
  <StrictMode>
    <ScanYA />
  </StrictMode>,
)
iniciarInstalacion('scanya')
iniciarActualizacion('scanya')
