import { type FormEvent, useState } from 'react'
import { cuentaAtras } from '../../domain/empleados/entrada.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja } from '../../replica/contexto.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { acceso as a } from './textos.ts'
import { hojas as h } from './textos-de-hojas.ts'

/** SCAN-05, 07: a dueño or gerente works a till with the account of Business Studio, online. */
export function DuenoHoja({ alCerrar }: { alCerrar: () => void }) {
  const { replica } = useCaja()
  const [error, setError] = useState<string | null>(null)
  const [ocupado, setOcupado] = useState(false)
  const enviar = async (evento: FormEvent<HTMLFormElement>) => {
    evento.preventDefault()
    const campos = new FormData(evento.currentTarget)
    setOcupado(true)
    setError(null)
    try {
      const r = await replica.entrarCuenta?.(String(campos.get('correo') ?? '').trim(), String(campos.get('contrasena') ?? ''))
      // On success the turno changes, and the screen with it.
      if (r?.ok) return
      const espera = r?.esperaMs ? ` ${a.bloqueada(cuentaAtras(r.esperaMs))}` : ''
      setError(textoDe(r?.codigo ?? 'REPLICA_CAIDA') + espera)
    } catch {
      setError(textoDe('REPLICA_CAIDA'))
    } finally {
      setOcupado(false)
    }
  }
  return (
    <Hoja titulo={h.duenoTitulo} alCerrar={alCerrar}>
      <form className="stack" onSubmit={(evento) => void enviar(evento)}>
        <p className="sm soft">{h.duenoTexto}</p>
        <label className={`field ${error ? 'field--error' : ''}`}>
          <span>{h.correo}</span>
          <input className="input" name="correo" type="email" autoComplete="username" required />
        </label>
        <label className={`field ${error ? 'field--error' : ''}`}>
          <span>{h.contrasena}</span>
          <input className="input" name="contrasena" type="password" autoComplete="current-password" required />
        </label>
        {error && (
          <p className="mal" role="alert">
            <Icono de="atencion" /> {error}
          </p>
        )}
        <button type="submit" className="btn btn--primary btn--lg" disabled={ocupado}>
          {ocupado ? a.entrando : a.entrar}
        </button>
        <a className="link centrado" href="/business-studio">
          {h.irAStudio}
        </a>
      </form>
    </Hoja>
  )
}
