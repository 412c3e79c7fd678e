//! `busbar import`: files into a utility. A file is taken whole or not at all; a second run changes nothing.

use super::{Ended, away, data};
use crate::clock;
use crate::settings::DataSettings;
use domain::act::{Act, By};
use domain::audit::Object;
use domain::billing::{self, NotTaken};
use domain::customers::{CustomerStore, Source, Taken};
use domain::fault::Fault;
use domain::ids::{RequestId, TenantId};
use domain::tenant::{Tenant, TenantStore};
use infra::imports::{self, Format};
use infra::pg::{Database, Mode, PgStore};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What a file did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    added: usize,
    changed: usize,
    unchanged: usize,
}

impl Counts {
    fn count(&mut self, taken: Taken) {
        match taken {
            Taken::Added => self.added += 1,
            Taken::Changed => self.changed += 1,
            Taken::Unchanged => self.unchanged += 1,
        }
    }
}

/// Runs the import over all files; faults of one do not stop the others.
pub fn run(tenant_key: &str, format: &str, dry_run: bool, files: &[PathBuf], data: &DataSettings) -> Ended {
    let format = Format::parse(format).ok_or_else(|| {
        format!(
            "There is no format {format}; there are: {}.",
            Format::ALL
                .iter()
                .map(|f| f.text())
                .collect::<Vec<_>>()
                .join(", ")
        )
    })?;
    let source = data::source(data)?;
    let database = Database::open(&source.urls.runtime, 2).map_err(away)?;
    let tenant = {
        let mut store = database.begin(TenantId::CENTRE, Mode::Read).map_err(away)?;
        let tenants = store.tenant_list().map_err(away)?;
        tenants
            .into_iter()
            .find(|t| t.key == tenant_key && t.id != TenantId::CENTRE)
            .ok_or_else(|| format!("There is no utility {tenant_key}."))?
    };
    let mut refused = 0usize;
    for file in files {
        match take(&database, &tenant, format, dry_run, file) {
            Ok(c) => {
                let kept = if dry_run { " (dry run, nothing kept)" } else { "" };
                println!(
                    "{}: {} added, {} changed, {} unchanged{kept}",
                    file.display(),
                    c.added,
                    c.changed,
                    c.unchanged
                );
            }
            Err(faults) => {
                refused += 1;
                faults.iter().for_each(|fault| eprintln!("{fault}"));
            }
        }
    }
    if refused == 0 {
        Ok(())
    } else {
        Err(format!(
            "{refused} of {} files were refused; nothing of them was kept.",
            files.len()
        ))
    }
}

fn take(
    database: &Database,
    tenant: &Tenant,
    format: Format,
    dry_run: bool,
    file: &Path,
) -> Result<Counts, Vec<String>> {
    let name = file.display().to_string();
    let one = |text: String| vec![text];
    let bytes = std::fs::read(file).map_err(|e| one(format!("{name}: FILE_UNREADABLE {e}.")))?;
    let mut store = database
        .begin(tenant.id, Mode::Write)
        .map_err(|e| one(format!("{name}: {e}")))?;
    let now = clock::now();
    let mut ids = clock::ids();
    let mut act = Act {
        tenant: tenant.id,
        by: By::System,
        now,
        request: RequestId(clock::id()),
        purpose: None,
        ids: &mut ids,
    };
    let from = Source {
        source: format.text().to_owned(),
        source_at: now,
    };
    let told = |faults: Vec<imports::ReadFault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    let counts = match format {
        Format::CustomersCsv => {
            let records = imports::customers_csv(&name, &bytes, tenant).map_err(told)?;
            customers(&mut store, &mut act, &records, &from).map_err(|e| one(format!("{name}: {e:?}")))?
        }
        Format::Ubl => {
            let document = imports::ubl(&name, &bytes).map_err(told)?;
            let taken = billing::invoice_take(&mut store, &mut act, &document, &from)
                .map_err(|e| one(format!("{name}: {e:?}")))?;
            let mut counts = Counts::default();
            counts.count(taken.map_err(|not| one(format!("{name}: {}", not_taken(&not, &document.number))))?);
            counts
        }
    };
    if !dry_run {
        store.commit().map_err(|e| one(format!("{name}: {e}")))?;
    }
    Ok(counts)
}

fn customers(
    store: &mut PgStore,
    act: &mut Act<'_>,
    records: &[domain::customers::CustomerRecord],
    from: &Source,
) -> Result<Counts, Fault> {
    let mut counts = Counts::default();
    for record in records {
        counts.count(store.customer_take(act.tenant, record, from, act.ids)?);
    }
    if counts.added + counts.changed > 0 {
        let import = act.ids.next();
        act.audit(
            store,
            "customer.take",
            Object::new("import", import),
            json!({ "added": counts.added, "changed": counts.changed }),
        )?;
    }
    Ok(counts)
}

fn not_taken(not: &NotTaken, number: &str) -> String {
    match not {
        NotTaken::AccountUnknown => {
            format!(
                "INVOICE_ACCOUNT_UNKNOWN invoice {number}: neither its supply point nor a customer number it names is known here."
            )
        }
        NotTaken::NumberTaken => {
            format!("INVOICE_NUMBER_TAKEN invoice {number} is there already with other contents.")
        }
        NotTaken::CurrencyDiffers { account } => format!(
            "INVOICE_CURRENCY_DIFFERS invoice {number} is not in {account}, the currency of its account."
        ),
    }
}
