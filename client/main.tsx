import './lib/sin-eval.ts'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { iniciarActualizacion } from './lib/actualizacion.ts'
import { IDIOMA } from './lib/i18n.ts'
import { iniciarInstalacion } from './lib/instalacion.ts'
import { router } from './router.ts'
import './ui/escritorio.css'

const raiz = document.getElementById('raiz')
if (!raiz) throw new Error('index.html has a #raiz')
document.documentElement.lang = IDIOMA === 'es' ? 'es-MX' : 'en'
createRoot(raiz).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
iniciarInstalacion('anunciaya')
iniciarActualizacion('anunciaya')
