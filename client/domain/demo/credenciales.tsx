import { t } from './textos.ts'

/** What `GET /api/demo` tells in the demo world; elsewhere it answers 404 and none of this is shown. */
export interface CredencialesDemo {
  cuentas?: { papel: string; nombre: string; correo: string; contrasena: string }[]
}

export function Credenciales({ demo }: { demo: CredencialesDemo }) {
  if (!demo.cuentas?.length) return null
  return (
    <section className="tarjeta" aria-label={t.cuentas}>
      <h2>{t.mundo}</h2>
      <ul className="lista">
        {demo.cuentas.map((cuenta) => (
          <li key={cuenta.correo} className="renglon">
            <span className="renglon__texto">
              <b>{cuenta.nombre}</b>
              <small>{cuenta.papel}</small>
            </span>
            <span className="renglon__lado renglon__lado--texto">
              <span>{cuenta.correo}</span>
              <code>{cuenta.contrasena}</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
