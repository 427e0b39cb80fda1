import { UserPlus } from 'lucide-react'
import { type FormEvent, useCallback, useState } from 'react'
import { type PermisosScanYA, PLANTILLAS } from '../../../schema/domain/empleados/permisos.ts'
import { useLectura } from '../../domain/cuentas/use-sesion.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Campo, Eleccion, errorDe, type Falla, FallaDeForma } from './campo.tsx'
import { deLaSucursal } from './de-la-sucursal.ts'
import { Empleado } from './empleado.tsx'
import { SinDatos } from './sin-datos.tsx'
import type { DeSeccion } from './studio.tsx'
import { t } from './textos.ts'
import { Vigencia } from './vigencia.tsx'

const CADA_MS = 15_000

export interface FichaDeEmpleado {
  id: string
  nombre: string
  nick: string
  puesto: string
  sucursalId: string | null
  todasLasSucursales: boolean
  permisosScanYA: PermisosScanYA
  tienePin: boolean
  activo: boolean
}

/** EMP-01, 06, 19. */
export function Empleados({ sesion, negocio, sucursalId }: DeSeccion) {
  const base = `/api/negocios/${negocio.negocioId}/empleados`
  const leer = useCallback(() => sesion.pedir<FichaDeEmpleado[]>(base), [sesion, base])
  const { valor, falla, leidoAt, releer } = useLectura(leer, CADA_MS)
  const [alta, setAlta] = useState(false)
  const gente = deLaSucursal(valor ?? [], sucursalId).toSorted((a, b) => Number(b.activo) - Number(a.activo))
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.empleados}</h1>
          <p>{t.empleadosTexto}</p>
        </div>
        <Vigencia falla={falla} leidoAt={leidoAt} />
        <button type="button" className="btn p" aria-expanded={alta} onClick={() => setAlta(!alta)}>
          <UserPlus className="i" aria-hidden="true" />
          {t.agregar}
        </button>
      </div>
      {alta && (
        <AltaDeEmpleado
          sesion={sesion}
          negocio={negocio}
          sucursalId={sucursalId}
          alCerrar={() => {
            setAlta(false)
            releer()
          }}
        />
      )}
      {!valor && <SinDatos falla={falla} />}
      {valor && gente.length === 0 && <p className="card state">{sucursalId === null ? t.ningunEmpleado : t.ningunEmpleadoAqui}</p>}
      <div className="studio-gente">
        {gente.map((empleado) => (
          <Empleado key={empleado.id} empleado={empleado} sesion={sesion} negocio={negocio} sucursalId={sucursalId} alCambiar={releer} />
        ))}
      </div>
    </>
  )
}

const CAMPOS = ['nombre', 'nick', 'pin', 'puesto'] as const

function AltaDeEmpleado({ sesion, negocio, sucursalId, alCerrar }: DeSeccion & { alCerrar: () => void }) {
  const [falla, setFalla] = useState<Falla | null>(null)
  const guardar = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const datos = new FormData(e.currentTarget)
    const texto = (campo: string) => String(datos.get(campo) ?? '').trim()
    const cuerpo = {
      nombre: texto('nombre'),
      nick: texto('nick').replace(/^@/, ''),
      pin: texto('pin'),
      puesto: texto('puesto'),
      plantilla: texto('plantilla'),
      sucursalId: texto('sucursalId'),
    }
    const r = await sesion.pedir(`/api/negocios/${negocio.negocioId}/empleados`, { cuerpo })
    if (r.ok) alCerrar()
    else setFalla({ campo: r.campo ?? null, texto: textoDe(r.codigo) })
  }
  return (
    <form className="card studio-forma" onSubmit={(e) => void guardar(e)}>
      <div className="studio-campos">
        <Campo rotulo={t.nombre} name="nombre" required maxLength={200} error={errorDe(falla, 'nombre')} />
        <Campo
          rotulo={t.nick}
          name="nick"
          ayuda={t.nickAyuda}
          required
          autoCapitalize="none"
          spellCheck={false}
          error={errorDe(falla, 'nick')}
        />
        <Campo
          rotulo={t.pin}
          name="pin"
          ayuda={t.pinAyuda}
          required
          inputMode="numeric"
          pattern="\d{4,6}"
          maxLength={6}
          autoComplete="off"
          error={errorDe(falla, 'pin')}
        />
        <Campo rotulo={t.puesto} name="puesto" maxLength={100} error={errorDe(falla, 'puesto')} />
        <Eleccion rotulo={t.plantilla} name="plantilla">
          {Object.keys(PLANTILLAS).map((nombre) => (
            <option key={nombre}>{nombre}</option>
          ))}
        </Eleccion>
        <Eleccion key={sucursalId} rotulo={t.sucursal} name="sucursalId" defaultValue={sucursalId ?? undefined}>
          {negocio.sucursales.map((s) => (
            <option key={s.id} value={s.id}>
              {s.nombre}
            </option>
          ))}
        </Eleccion>
      </div>
      <FallaDeForma falla={falla} campos={CAMPOS} />
      <div className="row">
        <button type="submit" className="btn p">
          {t.guardar}
        </button>
        <button type="button" className="btn g" onClick={alCerrar}>
          {t.cancelar}
        </button>
      </div>
    </form>
  )
}
