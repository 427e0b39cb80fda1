import { Navigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { FinDeTurno, Persona } from '../../../workers/replica/api.ts'
import { cuentaAtras, elegidaDe } from '../../domain/empleados/entrada.ts'
import { Personas } from '../../domain/empleados/personas.tsx'
import { PuntosDePin } from '../../domain/empleados/puntos-de-pin.tsx'
import { useFinDeTurno } from '../../domain/empleados/use-fin-de-turno.ts'
import { usePersonas } from '../../domain/empleados/use-personas.ts'
import { diaYHora } from '../../lib/formato.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { Teclado } from '../../ui/teclado.tsx'
import { Marco } from './marco.tsx'
import { acceso as a, t } from './textos.ts'
import { useEntrada } from './use-entrada.ts'
import './login.css'

const DuenoHoja = perezosa(async () => (await import('./dueno-hoja.tsx')).DuenoHoja)

/** SCAN-04: who is at the till, by tile and PIN. Works without network for who entered here before (design 04 §4). */
export function LoginPantalla() {
  const { alta } = useCaja()
  const { turno, estado, config } = useVivo()
  const { personas, pedirOtraVez } = usePersonas()
  const [elegidaId, setElegidaId] = useState<string | null | undefined>(undefined)
  const [comoDueno, setComoDueno] = useState(false)
  const persona = elegidaId === null ? null : elegidaDe(personas ?? [], elegidaId ?? null)
  const codigo = config.find((c) => c.id === 'negocio')
  const id = useId()
  if (turno) return <Navigate to={'/inicio' as never} replace />
  return (
    <Marco clase="login" enReposo>
      <div className="till">
        <strong>{alta.negocioNombre}</strong>
        <span className="sm soft">
          {[alta.sucursalNombre && t.sucursal(alta.sucursalNombre), alta.serie && t.caja(alta.serie)].filter(Boolean).join(' · ')}
          {codigo && 'codigoCaja' in codigo && (
            <>
              {' · '}
              <span className="num">{codigo.codigoCaja}</span>
            </>
          )}
        </span>
      </div>
      <PorQueTermino />
      <h1 className="sm m soft login__quien" id={id}>
        {a.quien}
      </h1>
      {personas && (
        <Personas personas={personas} elegida={persona?.empleadoId ?? null} idEtiqueta={id} alElegir={(cual) => setElegidaId(cual)} />
      )}
      {personas && <ConPin key={persona?.empleadoId ?? 'otra'} persona={persona} alFallar={pedirOtraVez} />}
      {(estado?.pendientes ?? 0) > 0 && <p className="sm dim login__nota">{a.salenASuNombre(estado?.pendientes ?? 0)}</p>}
      <div className="foot sm">
        <p className="dim">
          <Icono de="candado" />
          {a.soloPersonal}
        </p>
        <button type="button" className="link" onClick={() => setComoDueno(true)}>
          {a.soyDueno}
        </button>
      </div>
      {comoDueno && <DuenoHoja alCerrar={() => setComoDueno(false)} />}
    </Marco>
  )
}

/** A shift that ended by itself says why (TU6): whoever was selling is looking at this. */
function PorQueTermino() {
  const fin = useFinDeTurno()
  return (
    <div role="status" className="login__fin">
      {fin && (
        <div className="banner sm">
          <b>{FINES[fin.motivo].titulo(quienEra(fin))}</b> {fin.porEnviar > 0 ? a.finPendientes(fin.porEnviar) : FINES[fin.motivo].texto}
        </div>
      )}
    </div>
  )
}
const FINES: Record<FinDeTurno['motivo'], { titulo: (quien: string) => string; texto: string }> = {
  baja: { titulo: a.finPorBaja, texto: a.finPorBajaTexto },
  pin_nuevo: { titulo: a.finPorPin, texto: a.finPorPinTexto },
  inactividad: { titulo: a.finDeTurno, texto: a.finPorInactividad },
  sesion: { titulo: a.finDeTurno, texto: a.finPorSesion },
}
const quienEra = ({ nick, nombre }: FinDeTurno): string => (nick === null ? nombre : `@${nick}`)

/** The pad for one person; a new person gets a new, empty one. */
function ConPin({ persona, alFallar }: { persona: Persona | null; alFallar: () => void }) {
  const { zona } = useVivo()
  const id = useId()
  const { pin, error, espera, ocupado, nick, setNick, alTecla, fallos } = useEntrada(persona, alFallar)
  const bloqueado = espera > 0
  return (
    <>
      <div className="pin">
        {persona === null && (
          <label className="field nick">
            <span>{a.nick}</span>
            <input
              className="input"
              value={nick}
              onChange={(evento) => setNick(evento.currentTarget.value)}
              maxLength={20}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              enterKeyHint="next"
            />
          </label>
        )}
        <p className="sm soft" id={id}>
          {persona ? (
            <>
              {a.pinDe}
              <b className="pin__quien">{persona.nombre.split(' ')[0]}</b>
            </>
          ) : (
            a.pin
          )}
        </p>
        <PuntosDePin key={fallos} cuantos={pin.length} mal={error !== null && pin === ''} />
        <p className="mal pin__mal" role="alert">
          {(error || bloqueado) && (
            <>
              <Icono de={bloqueado ? 'reloj' : 'atencion'} /> {bloqueado ? a.bloqueada(cuentaAtras(espera)) : error}
            </>
          )}
        </p>
      </div>
      <Teclado
        idEtiqueta={id}
        izquierda="borrar"
        derecha="ir"
        textoIr={ocupado ? a.entrando : a.entrar}
        apagado={ocupado || bloqueado}
        alTecla={alTecla}
      />
      <p className="sm dim num login__hasta">
        {persona && (persona.entraSinRed && persona.venceAt !== null ? a.sinRedHasta(diaYHora(persona.venceAt, zona)) : a.primeraVez)}
        {persona === null && a.primeraVez}
      </p>
    </>
  )
}
