import { CircleCheck, CircleOff, FileUp, Plus } from 'lucide-react'
import { type FormEvent, useCallback, useState } from 'react'
import { useLectura } from '../../domain/cuentas/use-sesion.ts'
import { diaYHora } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { CanjesSinRed } from './cajas/canjes-sin-red.tsx'
import { SubirArchivo } from './cajas/subir-archivo.tsx'
import { t as tc } from './cajas/textos.ts'
import { Campo, Eleccion, errorDe, type Falla, FallaDeForma } from './campo.tsx'
import { deLaSucursal } from './de-la-sucursal.ts'
import { type Enlace, EnlaceDeAlta } from './enlace-de-alta.tsx'
import { SinDatos } from './sin-datos.tsx'
import type { DeSeccion } from './studio.tsx'
import { t } from './textos.ts'
import { Vigencia } from './vigencia.tsx'

const CADA_MS = 15_000
const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

interface Equipo {
  id: string
  nombre: string
  modelo: string
  tipo: 'caja' | 'studio'
  sucursalId: string | null
  serie: string
  altaAt: number
  bajaAt: number | null
  bajaMotivo: string | null
  licenciaVenceAt: number | null
}

/** Devices of the negocio; enrolling one and taking its rights away. */
export function Cajas({ sesion, negocio, sucursalId }: DeSeccion) {
  const base = `/api/negocios/${negocio.negocioId}/dispositivos`
  const leer = useCallback(() => sesion.pedir<Equipo[]>(base), [sesion, base])
  const { valor, falla, leidoAt, releer } = useLectura(leer, CADA_MS)
  const [alta, setAlta] = useState(false)
  const [subiendo, setSubiendo] = useState(false)
  const nombreDe = (id: string) => valor?.find((e) => e.id === id)?.nombre ?? tc.otraCaja
  const vivas = deLaSucursal(valor ?? [], sucursalId)
    .filter((e) => e.tipo === 'caja')
    .sort((a, b) => Number(a.bajaAt !== null) - Number(b.bajaAt !== null))
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.cajas}</h1>
          <p>{t.cajasTexto}</p>
        </div>
        <Vigencia falla={falla} leidoAt={leidoAt} />
        <button type="button" className="btn" aria-expanded={subiendo} onClick={() => setSubiendo(!subiendo)}>
          <FileUp className="i" aria-hidden="true" />
          {tc.subir}
        </button>
        <button type="button" className="btn p" aria-expanded={alta} onClick={() => setAlta(!alta)}>
          <Plus className="i" aria-hidden="true" />
          {t.altaCaja}
        </button>
      </div>
      {alta && <AltaDeCaja sesion={sesion} negocio={negocio} sucursalId={sucursalId} alCerrar={() => setAlta(false)} />}
      {subiendo && <SubirArchivo sesion={sesion} nombreDe={nombreDe} alCerrar={() => setSubiendo(false)} />}
      {!valor && <SinDatos falla={falla} />}
      {valor && vivas.length === 0 && <p className="card state">{sucursalId === null ? t.ningunaCaja : t.ningunaCajaAqui}</p>}
      {vivas.length > 0 && (
        <ul className="card studio-lista">
          {vivas.map((equipo) => (
            <Renglon
              key={equipo.id}
              equipo={equipo}
              sucursal={negocio.sucursales.find((s) => s.id === equipo.sucursalId)?.nombre ?? ''}
              darDeBaja={(motivo) => sesion.pedir(`${base}/${equipo.id}/baja`, { cuerpo: { motivo } }).then((r) => (r.ok ? releer() : r))}
            />
          ))}
        </ul>
      )}
      <CanjesSinRed negocio={negocio} sucursalId={sucursalId} nombreDe={nombreDe} />
    </>
  )
}

function AltaDeCaja({ sesion, negocio, sucursalId, alCerrar }: DeSeccion & { alCerrar: () => void }) {
  const [enlace, setEnlace] = useState<Enlace | null>(null)
  const [falla, setFalla] = useState<Falla | null>(null)
  const crear = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const datos = new FormData(e.currentTarget)
    const cuerpo = { tipo: 'caja', nombre: String(datos.get('nombre')).trim(), sucursalId: String(datos.get('sucursalId')) }
    const r = await sesion.pedir<Enlace>(`/api/negocios/${negocio.negocioId}/dispositivos/enlaces`, { cuerpo })
    if (r.ok) setEnlace(r.valor)
    else setFalla({ campo: r.campo ?? null, texto: textoDe(r.codigo) })
  }
  if (enlace) return <EnlaceDeAlta enlace={enlace} titulo={t.altaCaja} alCerrar={alCerrar} />
  return (
    <form className="card studio-forma" onSubmit={(e) => void crear(e)}>
      <p className="ink2">{t.altaCajaTexto}</p>
      <div className="studio-campos">
        <Campo rotulo={t.nombreCaja} name="nombre" placeholder={t.ejemploCaja} required maxLength={60} error={errorDe(falla, 'nombre')} />
        <Eleccion key={sucursalId} rotulo={t.sucursal} name="sucursalId" defaultValue={sucursalId ?? undefined}>
          {negocio.sucursales.map((s) => (
            <option key={s.id} value={s.id}>
              {s.nombre}
            </option>
          ))}
        </Eleccion>
      </div>
      <FallaDeForma falla={falla} campos={['nombre']} />
      <div className="row">
        <button type="submit" className="btn p">
          {t.crearEnlace}
        </button>
        <button type="button" className="btn g" onClick={alCerrar}>
          {t.cancelar}
        </button>
      </div>
    </form>
  )
}

interface DeRenglon {
  equipo: Equipo
  sucursal: string
  darDeBaja: (motivo: string) => Promise<unknown>
}

function Renglon({ equipo, sucursal, darDeBaja }: DeRenglon) {
  const [pidiendo, setPidiendo] = useState(false)
  const baja = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    setPidiendo(false)
    void darDeBaja(String(new FormData(e.currentTarget).get('motivo')).trim())
  }
  return (
    <li>
      <div className="studio-renglon">
        <div className="studio-quees">
          <b>{equipo.nombre}</b>
          <span className="mut sm">{[sucursal, equipo.serie, equipo.modelo].filter(Boolean).join(' · ')}</span>
        </div>
        <span className="mut sm studio-licencia">
          {equipo.bajaAt === null && equipo.licenciaVenceAt !== null ? `${t.licencia} ${diaYHora(equipo.licenciaVenceAt, ZONA)}` : ''}
        </span>
        {equipo.bajaAt === null ? (
          <span className="tag ok">
            <CircleCheck className="i" aria-hidden="true" />
            {t.activa}
          </span>
        ) : (
          <span className="tag out">
            <CircleOff className="i" aria-hidden="true" />
            {t.deBaja(equipo.bajaMotivo ?? '')}
          </span>
        )}
        {equipo.bajaAt === null && (
          <button type="button" className="btn s d" aria-expanded={pidiendo} onClick={() => setPidiendo(!pidiendo)}>
            {t.darDeBaja}
          </button>
        )}
      </div>
      {pidiendo && (
        <form className="studio-confirmar" onSubmit={baja}>
          <p>{t.bajaTexto}</p>
          <Campo rotulo={t.motivo} name="motivo" placeholder={t.ejemploMotivo} required maxLength={200} autoFocus />
          <div className="row">
            <button type="submit" className="btn d">
              {t.confirmarBaja}
            </button>
            <button type="button" className="btn g" onClick={() => setPidiendo(false)}>
              {t.cancelar}
            </button>
          </div>
        </form>
      )}
    </li>
  )
}
