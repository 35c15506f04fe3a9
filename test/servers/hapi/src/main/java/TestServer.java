import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.delete.ThreadSafeResourceDeleterSvc;
import ca.uhn.fhir.jpa.interceptor.CascadingDeleteInterceptor;
import ca.uhn.fhir.jpa.interceptor.UserRequestRetryVersionConflictsInterceptor;
import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.LoggingInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A HAPI FHIR JPA R4 server on loopback, for tests. Every setting is a -D system property. */
public class TestServer {
  private static final String HOST = "127.0.0.1";
  private static final int PORT = Integer.getInteger("port", 8080);

  public static void main(String[] args) throws Exception {
    AnnotationConfigApplicationContext spring =
        new AnnotationConfigApplicationContext(JpaServerConfig.class);
    installPackages(spring.getBean(IPackageInstallerSvc.class));
    if (!Boolean.getBoolean("slowJobs")) {
      driveJobs(spring.getBean(IJobMaintenanceService.class));
    }
    Server jetty = serve(fhirServlet(spring));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(jetty, spring)));
    jetty.join();
  }

  private static void installPackages(IPackageInstallerSvc installer) throws Exception {
    for (String file : System.getProperty("packages", "").split(",")) {
      if (!file.isBlank()) {
        PackageInstall.install(installer, Files.readAllBytes(Path.of(file)));
      }
    }
  }

  /** HAPI moves batch jobs (bulk export) on once a minute; a test cannot wait that long. */
  private static void driveJobs(IJobMaintenanceService jobs) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "jobs");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(
        () -> {
          try {
            jobs.runMaintenancePass();
          } catch (Exception e) {
            // An exception that leaves this block would end the schedule without a word.
            System.err.println("job maintenance: " + e);
          }
        },
        500,
        500,
        TimeUnit.MILLISECONDS);
  }

  private static Server serve(RestfulServer servlet) throws Exception {
    Server jetty = new Server(new InetSocketAddress(HOST, PORT));
    ServletContextHandler web = new ServletContextHandler("/");
    web.addServlet(new ServletHolder(servlet), "/fhir/*");
    jetty.setHandler(web);
    jetty.start();
    return jetty;
  }

  private static void stop(Server jetty, AnnotationConfigApplicationContext spring) {
    try {
      jetty.stop();
    } catch (Exception e) {
      e.printStackTrace();
    }
    spring.close();
  }

  private static RestfulServer fhirServlet(ApplicationContext spring) {
    IFhirSystemDao<?, ?> system = spring.getBean(IFhirSystemDao.class);
    RestfulServer fhir = new RestfulServer(system.getContext());
    fhir.registerProviders(spring.getBean(ResourceProviderFactory.class).createProviders());
    fhir.registerProviders(
        spring.getBean(JpaSystemProvider.class),
        spring.getBean(ValueSetOperationProvider.class),
        spring.getBean(BulkDataExportProvider.class),
        new PackageInstall(spring.getBean(IPackageInstallerSvc.class)));
    fhir.setServerConformanceProvider(
        new JpaCapabilityStatementProvider(
            fhir,
            system,
            spring.getBean(JpaStorageSettings.class),
            spring.getBean(ISearchParamRegistry.class),
            spring.getBean(IValidationSupport.class)));
    fhir.setPagingProvider(paging(spring));
    // Without it the header X-Retry-On-Version-Conflict does nothing.
    fhir.registerInterceptor(new UserRequestRetryVersionConflictsInterceptor());
    fhir.registerInterceptor(
        new CascadingDeleteInterceptor(
            system.getContext(),
            spring.getBean(DaoRegistry.class),
            spring.getBean(IInterceptorBroadcaster.class),
            spring.getBean(ThreadSafeResourceDeleterSvc.class)));
    if (Boolean.getBoolean("accessLog")) {
      fhir.registerInterceptor(accessLog());
    }
    return fhir;
  }

  /** 20 and 200 are what HAPI's starter project ships with, so what most sites run. */
  private static DatabaseBackedPagingProvider paging(ApplicationContext spring) {
    DatabaseBackedPagingProvider paging = spring.getBean(DatabaseBackedPagingProvider.class);
    paging.setDefaultPageSize(Integer.getInteger("page", 20));
    paging.setMaximumPageSize(Integer.getInteger("maxPage", 200));
    return paging;
  }

  private static LoggingInterceptor accessLog() {
    LoggingInterceptor log = new LoggingInterceptor();
    log.setLoggerName("access");
    log.setMessageFormat("${requestVerb} ${requestUrl} ${processingTimeMillis}ms");
    return log;
  }
}
