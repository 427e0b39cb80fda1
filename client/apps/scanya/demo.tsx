import { useEffect, useRef, useState } from 'react'
import { entrarComoCajero } from '../../domain/demo/entrar-como-cajero.ts'
import { pedirAlmacenPersistente } from '../../lib/almacenamiento.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Icono } from '../../ui/iconos.tsx'
import { useAbierta } from './abierta.ts'
import { useIr } from './ir.ts'
import { Marca } from './marco.tsx'
import { t } from './textos.ts'
import { alta as ta } from './textos-de-alta.ts'

const QUIEN_POR_DEFECTO = 'carlos'

/** One tap from the front page: `/demo?como=lucia` enrols this device when it must and enters as that empleado. */
export function DemoPantalla() {
  const { replica, alDarDeAlta } = useAbierta()
  const ir = useIr()
  const [error, setError] = useState<string | null>(null)
  const empezado = useRef(false)
  useEffect(() => {
    if (empezado.current) return
    empezado.current = true
    void entrar()
  })
  const entrar = async () => {
    setError(null)
    await pedirAlmacenPersistente()
    const r = await entrarComoCajero(replica, new URLSearchParams(location.search).get('como') ?? QUIEN_POR_DEFECTO)
    const abierta = await replica.abrir()
    if (abierta.ok && abierta.valor.alta) alDarDeAlta(abierta.valor.alta)
    if (r.ok) ir('/inicio', { reemplazar: true })
    else setError(textoDe(r.codigo))
  }
  return (
    <div className="app">
      <div className="top">
        <Marca />
      </div>
      <main className="cuerpo stack">
        {error === null ? (
          <p className="soft abriendo" role="status">
            {ta.entrando}
          </p>
        ) : (
          <>
            <p className="mal" role="alert">
              <Icono de="atencion" /> {error}
            </p>
            <div className="dock stack">
              <button type="button" className="btn btn--primary btn--lg" onClick={() => void entrar()}>
                {t.otraVez}
              </button>
              <button type="button" className="btn btn--secondary" onClick={() => ir('/login', { reemplazar: true })}>
                {ta.elegirPersona}
              </button>
            </div>
          </>
        )}
      </main>
    </div>
  )
}
