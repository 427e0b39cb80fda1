/** The platform's first room: every till of every negocio, live. */
import { Activity, LogOut, Radio } from 'lucide-react'
import { useCallback } from 'react'
import { PuertaDeSesion } from '../../domain/cuentas/puerta-de-sesion.tsx'
import type { SesionDeCuenta, Yo } from '../../domain/cuentas/sesion.ts'
import { useLectura } from '../../domain/cuentas/use-sesion.ts'
import { useCredenciales } from '../../domain/demo/use-credenciales.ts'
import { hace, hora } from '../../lib/formato.ts'
import type { Plataforma } from './equipo.ts'
import { Cifras, TablaDeEquipos } from './equipos.tsx'
import { t } from './textos.ts'
import './admin.css'

const CADA_MS = 5_000
const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

export function AdminPantalla({ demo, alEntrar }: { demo: string | null; alEntrar: () => void }) {
  const credenciales = useCredenciales(demo)
  return (
    <PuertaDeSesion app="panel" titulo={t.entrarTitulo} explicacion={t.entrarTexto} credenciales={credenciales} alEntrar={alEntrar}>
      {(sesion, yo) => <Dentro sesion={sesion} yo={yo} />}
    </PuertaDeSesion>
  )
}

function Dentro({ sesion, yo }: { sesion: SesionDeCuenta; yo: Yo }) {
  return (
    <div className="app">
      <a className="skip" href="#contenido">
        {t.saltar}
      </a>
      <nav className="rail" aria-label={t.secciones}>
        <div className="brand">
          <span className="logo" aria-hidden="true">
            {'Ya'}
          </span>
          <div>
            <b>{t.marca}</b>
            <small>{t.panel}</small>
          </div>
        </div>
        <a href="/admin" aria-current="page">
          <Activity className="i" aria-hidden="true" />
          <span>{t.servidor}</span>
        </a>
      </nav>
      <div className="main">
        <header className="top">
          <span className="admin-marca">{t.panel}</span>
          <span className="sp" />
          <span className="mut sm nw admin-quien">{yo.correo}</span>
          <button type="button" className="btn g" onClick={() => void sesion.salir()}>
            <LogOut className="i" aria-hidden="true" />
            {t.salir}
          </button>
        </header>
        <main className="page" id="contenido">
          {yo.esSuperadmin ? <Servidor sesion={sesion} /> : <NoEsTuyo />}
        </main>
      </div>
    </div>
  )
}

function Servidor({ sesion }: { sesion: SesionDeCuenta }) {
  const leer = useCallback(() => sesion.pedir<Plataforma>('/api/admin/dispositivos'), [sesion])
  const { valor, falla, leidoAt } = useLectura(leer, CADA_MS)
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          {valor?.nodos.map((n) => (
            <p key={n.id}>{t.nodo(n.id.split('-')[0] ?? n.id, n.version, hace(valor.hora - n.iniciadoAt))}</p>
          ))}
        </div>
        {falla && leidoAt !== null ? (
          <span className="tag local" role="status">
            {t.sinRespuesta(hora(leidoAt, ZONA))}
          </span>
        ) : (
          <span className="tag ok" role="status">
            <Radio className="i" aria-hidden="true" />
            {t.enVivo}
            {valor ? ` ${hora(valor.hora, ZONA)}` : ''}
          </span>
        )}
      </div>
      {valor ? (
        <>
          <Cifras plataforma={valor} />
          <TablaDeEquipos equipos={valor.equipos} ahora={valor.hora} />
        </>
      ) : (
        <p className="state">{falla ? t.sinConexion : t.cargando}</p>
      )}
    </>
  )
}

function NoEsTuyo() {
  return (
    <div className="state">
      <h1>{t.noEsTuyo}</h1>
      <p>{t.noEsTuyoTexto}</p>
    </div>
  )
}
