import java.util.jar.JarFile

// Looks at one project after its build: which files there are, what is in them, and what the build said.

def given = new Properties()
new File(basedir, 'archetype.properties').withInputStream { given.load(it) }
def provider = given.getOrDefault('providerName', 'acme')
def name = provider.split('-')*.capitalize().join()
def packageName = given.getOrDefault('package', given.groupId)
def zoned = given.zoned != 'false'
def full = given.style == 'full'

def project = new File(basedir, given.artifactId)
def main = 'src/main/java/' + packageName.replace('.', '/')
def test = 'src/test/java/' + packageName.replace('.', '/')
def text = { path -> new File(project, path.toString()).getText('UTF-8') }

def generated = []
project.eachFileRecurse(groovy.io.FileType.FILES) { file ->
    def path = project.toPath().relativize(file.toPath()).toString().replace(File.separator, '/')
    if (!path.startsWith('target/')) {
        generated << path
    }
}
assert generated as Set == [
    '.github/workflows/ci.yml',
    '.gitignore',
    'README.md',
    'pom.xml',
    "$main/${name}Client.java",
    "$main/${name}Config.java",
    "$main/${name}Credential.java",
    "$main/${name}Environ.java",
    "$main/InMemory${name}Client.java",
    "$main/package-info.java",
    "$test/${name}ContractTest.java",
    "$test/${name}Demo.java",
    "$test/${name}ProviderTest.java",
]*.toString() as Set

// No marker of a template is left; files may use what is theirs.
def own = ['pom.xml': ['${foothold.version'], '.github/workflows/ci.yml': ['${'], ("$test/${name}Demo.java".toString()): ['$(id']]
generated.each { path ->
    assert !(text(path) =~ '(?m)__|[$]symbol_|^\\s*#\\s*(if|else|elseif|end|set|foreach)\\b') : path
    def references = (text(path) =~ /\$[A-Za-z({!][\w.]*/).collect { it }
    assert references.every { it in own[path] } : "$path: $references"
}
assert !text('pom.xml').contains('@')
assert !(text('README.md') =~ /\n{3}/)

// The names are the given ones.
def variable = provider.toUpperCase(Locale.ROOT).replace('-', '_')
assert text("$main/${name}Environ.java").contains("@${zoned ? 'Zoned' : ''}Provider(\"$provider\")")
assert text("$main/${name}Credential.java").contains("\"${variable}_TOKEN\"")
assert text("$main/${name}Config.java").contains("\"${variable}_ENDPOINT\"")
assert text('README.md').contains("`${variable}_TOKEN`")
assert text('README.md').readLines().count { it ==~ /[-=]{5,}/ } == 3

// Nothing of another flavour is left.
generated.findAll { it.endsWith('.java') || it == 'README.md' }.each { path ->
    assert zoned || !(text(path) =~ /(?i)zone/) || path.endsWith('ContractTest.java') : path
    assert full || !(text(path) =~ /(?i)volume|instanceType|classify|provoke/) || path == 'README.md' : path
}

// The whole contract was checked: rules are skipped only for what the flavour leaves out, and none is broken.
if (provider == 'acme') {
    def cases = { suite ->
        new groovy.xml.XmlSlurper()
                .parse(new File(project, "target/surefire-reports/TEST-$packageName.$name${suite}.xml"))
                .testcase
    }
    assert cases('ProviderTest').size() == (zoned ? 3 : 2)
    assert cases('ProviderTest').every { it.skipped.isEmpty() }
    assert cases('ContractTest').size() > 70
    cases('ContractTest').findAll { !it.skipped.isEmpty() }.each {
        def reason = it.skipped.text().readLines()[0]
        def allowed = reason.contains('does not implement ZonedEnviron')
            ? !zoned
            : !full && reason =~ /does not implement (HasResources|InstanceTagger|CredentialProbe)|lists no (images|sizes)|is not overridden/
        assert allowed : "${it.@name}: $reason"
    }
}

def jar = "target/${given.artifactId}-${given.getOrDefault('version', '1.0-SNAPSHOT')}.jar"
new JarFile(new File(project, jar)).withCloseable {
    def index = it.getEntry('META-INF/services/dev.foothold.provider.ProviderFactory')
    assert it.getInputStream(index).text.trim() == "$packageName.${name}EnvironProviderFactory"
    assert !it.entries().any { entry -> entry.name.contains('Demo') }
}

// The demo went the whole way, on a machine that answered.
def log = new File(basedir, 'build.log').getText('UTF-8')
assert log =~ /\| Hello, \S+ here\.|│ Hello, \S+ here\./
assert log.contains('The first machine is m-1, at ')
assert (log =~ /m-\d is (in zone [abc]|RUNNING)\./).count == 3
assert log.contains('model "demo": 3 instances deleted in ')

// That tests were skipped is no warning here; nor is it that no catalog knows the archetype.
def complaints = log.substring(log.indexOf('Building Foothold provider')).readLines().findAll {
    (it =~ /^\[(\u001B\[[;\d]*m)*(WARN|WARNING|ERROR)(\u001B\[[;\d]*m)*]/ || it.contains('SLF4J')) && !it.contains('Tests run:')
}
assert complaints.isEmpty()

// The build of the archetype looks for this file: without it, a script that was never run would go unnoticed.
assert new File(basedir, 'verified').createNewFile()
return true
