import { type FormEvent, useState } from 'react'
import { textoDe } from '../../../lib/i18n.ts'
import { Campo, errorDe, type Falla, FallaDeForma } from '../campo.tsx'
import type { DeSeccion } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import type { FichaDeEmpleado } from './ficha.ts'
import { t } from './textos.ts'

const DE_PIN = { required: true, inputMode: 'numeric', pattern: '\\d{4,6}', maxLength: 6, autoComplete: 'off' } as const

/** EMP-05. The PIN twice. */
export function CamposDePin({ rotulo, falla }: { rotulo: string; falla: Falla | null }) {
  return (
    <>
      <Campo rotulo={rotulo} name="pin" ayuda={ts.pinAyuda} {...DE_PIN} error={errorDe(falla, 'pin')} />
      <Campo rotulo={t.confirmaPin} name="otraVez" {...DE_PIN} error={errorDe(falla, 'otraVez')} />
    </>
  )
}

/** What was typed twice; or what is wrong with it. */
export function pinDe(forma: HTMLFormElement): string | Falla {
  const datos = new FormData(forma)
  const pin = String(datos.get('pin') ?? '')
  return pin === String(datos.get('otraVez') ?? '') ? pin : { campo: 'otraVez', texto: t.pinDistinto }
}

/** EMP-14. A new PIN: what was opened with the old one ends at once. */
export function Pin({ sesion, negocio, empleado, alCambiar }: DeSeccion & { empleado: FichaDeEmpleado; alCambiar: () => void }) {
  const [falla, setFalla] = useState<Falla | null>(null)
  const [dicho, setDicho] = useState('')
  const guardar = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const forma = e.currentTarget
    const pin = pinDe(forma)
    if (typeof pin !== 'string') return setFalla(pin)
    const ruta = `/api/negocios/${negocio.negocioId}/empleados/${empleado.id}/pin`
    const r = await sesion.pedir<{ corto: boolean }>(ruta, { cuerpo: { pin } })
    setFalla(r.ok ? null : { campo: r.campo ?? null, texto: textoDe(r.codigo) })
    if (!r.ok) return
    setDicho([ts.pinGuardado(empleado.nick), r.valor.corto ? t.pinCorto : ''].filter(Boolean).join('. '))
    forma.reset()
    alCambiar()
  }
  return (
    <form className="em-parte" onSubmit={(e) => void guardar(e)}>
      <div className="studio-campos">
        <CamposDePin rotulo={t.pinNuevo} falla={falla} />
      </div>
      <FallaDeForma falla={falla} campos={['pin', 'otraVez']} />
      <div className="row wrap em-pie">
        <span role="status" className="ok sm sp">
          {dicho}
        </span>
        <button type="submit" className="btn p">
          {ts.guardarPin}
        </button>
      </div>
    </form>
  )
}
