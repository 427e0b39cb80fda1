import './lib/sin-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ScanYA } from './apps/scanya/scanya.tsx'
import { registrarServiceWorker } from './lib/service-worker.ts'
import './ui/theme.css'

const raiz = document.getElementById('raiz')
if (!raiz) throw new Error('index.html has a #raiz')
createRoot(raiz).render(
  <StrictMode>
    <ScanYA />
  </StrictMode>,
)
void registrarServiceWorker()
